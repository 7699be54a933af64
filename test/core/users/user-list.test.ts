import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { fillWithSyntheticUsers } from '../../../bench/synthetic-users.ts';
import type { Store } from '../../../src/core/store/store.ts';
import { updateUserRow } from '../../../src/core/store/user-rows.ts';
import { wordsOf } from '../../../src/core/users/search-text.ts';
import { stateOf, type User } from '../../../src/core/users/user.ts';
import { listUserIds, listUsers, type SortColumn, sortColumns } from '../../../src/core/users/user-list.ts';
import type { UsersContext } from '../../../src/core/users/users-context.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const now = '2026-03-02T10:00:00.000Z';
const later = '2026-03-02T11:00:00.000Z';
const earlier = '2026-03-02T09:00:00.000Z';

const people: [string, string | null, string | null, object?][] = [
  ['ada@corp.example', 'Ada', 'Müller', { phone: '+14255550123', method: 'phoneCall', userGroup: 'Sales' }],
  ['adam@corp.example', 'Adam', 'Smith', { enabled: false, email: 'adam@mail.example' }],
  ['bob', 'Bob', 'Adams', { method: 'oathToken', userGroup: 'All staff', pinMustChange: true }],
  ['carol', 'Carol', 'Østergård', { method: 'textMessage', mode: 'twoWayOtp', phone: '+442079460958' }],
  ['dave', null, null],
  ['EVE', 'Eve', 'O\'Brien "the" Great', { userGroup: 'sales' }],
  ['frank\u{1f600}', 'Frank \u{1f600}\u{1f601}', 'de la Cruz', { pinMustChange: true, enabled: false }],
  ['山田', '太郎', '山田', { email: 'taro@corp.example' }],
  ['gina', 'Gina', 'Abba-da', { backupPhone: '+4930901820' }],
];

async function coreWithPeople(): Promise<TemporaryCore> {
  const core = temporaryCore();
  for (const [username, firstName, lastName, more] of people) {
    await core.users.add({ username, firstName, lastName, ...more });
  }
  const set = (username: string, columns: Parameters<typeof updateUserRow>[2]) =>
    updateUserRow(core.store, core.users.find(username).id, columns);
  set('ada@corp.example', { blocked_until: later, locked_until: later, bypass_until: later });
  set('carol', { blocked_until: earlier, locked_until: later, last_authenticated_at: earlier });
  set('dave', { locked_until: earlier, bypass_until: later, last_authenticated_at: later });
  set('gina', { bypass_until: earlier, source: 'import', directory_id: 'd-1', pin_hash: 'x' });
  return core;
}

const usernamesOf = (users: readonly User[]) => users.map((user) => user.username).sort();

describe('filtering the list', () => {
  test.each([
    ['a', ['EVE', 'ada@corp.example', 'adam@corp.example', 'bob', 'gina'].filter((name) => name !== 'EVE')],
    ['ad', ['ada@corp.example', 'adam@corp.example', 'bob']],
    ['da', ['dave']],
    ['ada', ['ada@corp.example', 'adam@corp.example', 'bob']],
    ['dams', ['bob']],
    ['corp.exam', ['ada@corp.example', 'adam@corp.example', '山田']],
    ['MULLER', ['ada@corp.example']],
    ['müller ada', ['ada@corp.example']],
    ['ada smith', ['adam@corp.example']],
    ['5550', ['ada@corp.example']],
    ['+49', ['gina']],
    ['"the"', ['EVE']],
    ["o'brien", ['EVE']],
    ['山', ['山田']],
    ['山田', ['山田']],
    ['\u{1f600}', ['frank\u{1f600}']],
    ['\u{1f600}\u{1f601}', ['frank\u{1f600}']],
    ['k\u{1f600}', []],
    ['nk\u{1f600}', ['frank\u{1f600}']],
    ['* OR a', []],
    ['state:blocked', ['ada@corp.example']],
    ['state:lockedOut', ['carol']],
    ['state:bypassed', ['dave']],
    ['state:disabled', ['adam@corp.example', 'frank\u{1f600}']],
    ['state:pinChangeRequired', ['bob']],
    ['state:enabled', ['EVE', 'gina', '山田']],
    ['-state:enabled -state:disabled', ['ada@corp.example', 'bob', 'carol', 'dave']],
    ['enabled:no a', ['adam@corp.example']],
    ['enabled:yes d', ['dave']],
    ['method:oathToken', ['bob']],
    ['mode:standard', ['ada@corp.example']],
    ['-method:oathToken -method:phoneCall a', ['adam@corp.example', 'gina']],
    ['group:SALES', ['EVE', 'ada@corp.example']],
    ['group:"all staff"', ['bob']],
    ['-group:sales ada', ['adam@corp.example', 'bob']],
    ['source:import', ['gina']],
    ['has:phone', ['ada@corp.example', 'carol']],
    ['has:email', ['adam@corp.example', '山田']],
    ['has:pin has:directory', ['gina']],
    ['-has:phone has:email enabled:yes', ['山田']],
  ])('%j finds %j', async (filter, usernames) => {
    const { users } = await coreWithPeople();
    const page = users.list({ filter });
    expect(usernamesOf(page.users)).toEqual([...usernames].sort());
    expect([page.total, page.isTotalExact]).toEqual([usernames.length, true]);
  });

  it('finds exactly what looking at every user finds', async () => {
    const { users } = await coreWithPeople();
    const everybody = users.list().users;
    const letters = fc.constantFrom(...Array.from('adbe@. o\'"*-山+4'), '\u{1f600}', 'corp', 'ü', '\0');
    fc.assert(
      fc.property(
        fc.array(letters, { maxLength: 6 }).map((parts) => parts.join('')),
        (text) => {
          const words = wordsOf(text.replaceAll('"', ''));
          const expected = everybody.filter((user) => words.every((word) => hasWord(user, word)));
          const found = users.list({ filter: words.map((word) => `"${word}"`).join(' ') });
          expect(usernamesOf(found.users)).toEqual(usernamesOf(expected));
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** One or two letters as the start of a word, more of them anywhere in one. */
function hasWord(user: User, word: string): boolean {
  const texts = [user.username, user.firstName, user.lastName, user.email, user.phone, user.backupPhone];
  const words = texts.flatMap((text) => wordsOf(text ?? ''));
  return words.some((one) => (Array.from(word).length < 3 ? one.startsWith(word) : one.includes(word)));
}

describe('sorting the list', () => {
  test.each<[SortColumn, (user: User) => string]>([
    ['username', (user) => user.username.toLowerCase()],
    ['name', (user) => `${user.lastName?.toLowerCase() ?? ''}\0${user.firstName?.toLowerCase() ?? ''}`],
    ['email', (user) => user.email ?? ''],
    ['phone', (user) => user.phone ?? ''],
    ['method', (user) => `${user.method ?? ''} ${user.mode ?? ''}`],
    [
      'state',
      (user) =>
        String(
          ['disabled', 'blocked', 'lockedOut', 'bypassed', 'pinChangeRequired', 'enabled'].indexOf(
            stateOf(user, now),
          ),
        ),
    ],
    ['source', (user) => user.source],
    ['lastAuthenticated', (user) => user.lastAuthenticatedAt ?? ''],
  ])('by %s, both ways, page by page, with and without a filter', async (sort, keyOf) => {
    const { users } = await coreWithPeople();
    for (const filter of ['', 'a', 'corp', 'enabled:yes', 'group:sales']) {
      const ascending = users.list({ filter, sort }).users;
      const keys = ascending.map(keyOf);
      expect(keys).toEqual(
        keys.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))),
      );
      const backwards = users.list({ filter, sort, descending: true }).users;
      expect(backwards.map(({ id }) => id)).toEqual(ascending.map(({ id }) => id).reverse());
      const paged = ascending.flatMap((_, offset) => users.list({ filter, sort, limit: 1, offset }).users);
      expect(paged.map(({ id }) => id)).toEqual(ascending.map(({ id }) => id));
    }
  });

  it('answers with nothing behind the end', async () => {
    const { users } = await coreWithPeople();
    expect(users.list({ offset: 100, limit: 5 })).toMatchObject({ total: people.length, users: [] });
    expect(users.list({ limit: 0 }).users).toEqual([]);
  });
});

describe('a list of many users', () => {
  const size = 45_000;
  const filters = [
    'con',
    'contoso',
    '+1425',
    'p',
    'pe',
    'niski',
    'peniski',
    'state:enabled',
    '-state:enabled p',
    'has:phone group:Sales',
    'method:oathToken source:manual',
    'state:enabled contoso',
    'qqqq',
  ];

  function open(): { store: Store; context: UsersContext } {
    const store = fillWithSyntheticUsers(join(temporaryFolder(), 'mfa-console.db'), size);
    onTestFinished(() => store.close());
    return { store, context: { store, clock: () => new Date(now) } as UsersContext };
  }

  it('is counted exactly or estimated closely, and its pages are the same either way', () => {
    const { context } = open();
    for (const filter of filters) {
      const quick = listUsers(context, { filter, limit: 0 });
      const exact = listUsers(context, { filter, limit: 0, exactTotal: true });
      expect(exact.isTotalExact).toBe(true);
      if (quick.isTotalExact) expect(quick.total).toBe(exact.total);
      else expect(Math.abs(quick.total - exact.total)).toBeLessThan(0.05 * size);
      for (const sort of sortColumns) {
        const slow = listUserIds(context, { filter, sort, exactTotal: true }).ids;
        for (const descending of [false, true]) {
          const quick = listUserIds(context, { filter, sort, descending, limit: 20, offset: 10 }).ids;
          const expected = (descending ? slow.toReversed() : slow).slice(10, 30);
          expect(quick, `${filter} by ${sort}`).toEqual(expected);
        }
      }
    }
  }, 120_000);

  it('is estimated only where everybody would have to be looked at', () => {
    const { context } = open();
    const isExact = (filter: string) => listUsers(context, { filter, limit: 1 }).isTotalExact;
    expect(filters.filter((filter) => !isExact(filter))).toEqual([
      'contoso',
      '+1425',
      'state:enabled contoso',
    ]);
  });
});
