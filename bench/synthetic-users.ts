import { Store } from '../src/core/store/store.ts';
import type { UserRow } from '../src/core/store/tables.ts';
import { emptyUserFields } from '../src/core/users/user.ts';
import { columnsOf } from '../src/core/users/user-row.ts';

const starts = [
  'Al',
  'Be',
  'Ca',
  'Do',
  'El',
  'Fa',
  'Gi',
  'Ha',
  'In',
  'Jo',
  'Ka',
  'Li',
  'Ma',
  'No',
  'Ol',
  'Pe',
];
const middles = [
  '',
  'ra',
  'li',
  'no',
  'mi',
  'ta',
  'de',
  'ro',
  'sa',
  've',
  'ni',
  'ko',
  'be',
  'lu',
  'ga',
  'zu',
];
const ends = [
  'n',
  'na',
  's',
  'th',
  'rt',
  'sson',
  'nen',
  'ski',
  'er',
  'o',
  'ier',
  'ez',
  'mann',
  'son',
  'ton',
  'ley',
];
const methods = [
  ['phoneCall', 'standard'],
  ['textMessage', 'oneWayOtp'],
  ['mobileApp', 'standard'],
  ['oathToken', 'otp'],
] as const;
const groups = ['Sales', 'Engineering', 'Finance', 'Human Resources', 'Support'];

/**
 * Fills a new database with people that look like a company's: one mail domain, names that repeat, most with a
 * phone, 6 % disabled, a few blocked. The search index is built at the end, which is faster than row by row and
 * leads to the same tables.
 */
export function fillWithSyntheticUsers(file: string, count: number): Store {
  const store = new Store(file);
  const random = seededRandom(20_250_101);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const started = Date.parse('2025-01-01T08:00:00.000Z');
  let insert: ReturnType<Store['prepare']> | undefined;
  for (let start = 0; start < count; start += 50_000) {
    store.transaction(() => {
      for (let index = start; index < Math.min(count, start + 50_000); index += 1) {
        const firstName = pick(starts) + pick(middles) + pick(ends);
        const lastName = pick(starts) + pick(middles) + pick(middles) + pick(ends);
        const address = `${firstName}.${lastName}${index}@corp.contoso.test`.toLowerCase();
        const [method, mode] = pick(methods);
        const at = new Date(started + index * 1000).toISOString();
        const isDirectoryUser = random() < 0.95;
        const row: Omit<UserRow, 'id'> = {
          ...noState,
          ...columnsOf({
            ...emptyUserFields,
            username: address,
            firstName,
            lastName,
            email: address,
            userGroup: pick(groups),
            phone: random() < 0.9 ? `+1425${String(2_000_000 + index).slice(-7)}` : null,
            method,
            mode,
            enabled: random() >= 0.06,
          }),
          version: 1,
          blocked_until: random() < 0.001 ? '2999-01-01T00:00:00.000Z' : null,
          source: isDirectoryUser ? 'synchronization' : 'manual',
          directory_id: isDirectoryUser ? directoryId(index) : null,
          directory_dn: isDirectoryUser
            ? `CN=${firstName} ${lastName},OU=Users,DC=corp,DC=contoso,DC=test`
            : null,
          last_authenticated_at: random() < 0.6 ? at : null,
          created_at: at,
          created_by: 'bench',
          updated_at: at,
          updated_by: 'bench',
        };
        const values = Object.values(row);
        insert ??= store.prepare(
          `INSERT INTO users (${Object.keys(row).join(', ')}) VALUES (${values.map(() => '?').join(', ')})`,
        );
        insert.run(...values);
      }
    });
  }
  store.prepare("INSERT INTO users_search (users_search) VALUES ('rebuild')").run();
  return store;
}

const noState = {
  pin_hash: null,
  pin_history: null,
  pin_set_at: null,
  blocked_until: null,
  blocked_reason: null,
  blocked_at: null,
  blocked_by: null,
  locked_until: null,
  bypass_until: null,
  bypass_reason: null,
  bypass_by: null,
  fingerprint: null,
  last_synchronized_at: null,
  sync_item_id: null,
  sync_absence: null,
  sync_absent_since: null,
  sync_disabled_at: null,
  sync_held: null,
};

function directoryId(index: number): string {
  return `5f8b7c1e-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** Numbers from 0 to below 1 that are the same in every run (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
