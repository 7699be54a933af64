import type { SingleSelection } from '../directory/directory.ts';
import { MfaError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { LeaverSearch } from './find-leavers.ts';
import type { SyncServices } from './sync-context.ts';

type PhoneServices = Pick<SyncServices, 'attributes' | 'settings' | 'syncSettings'>;

/**
 * Phones that nobody of a directory has any more are more likely not to be read than to be gone, and all users would
 * lose them at once. As with leavers, a few are believed.
 * @throws {MfaError} `sync.nothingFound`
 */
export async function requirePhones(
  { store, directory, items, signal }: Pick<LeaverSearch, 'store' | 'directory' | 'items' | 'signal'>,
  { attributes, settings, syncSettings }: PhoneServices,
): Promise<void> {
  const { approvalCount } = syncSettings.load();
  if (!settings.keepPhoneInStep) return;
  const options = signal === undefined ? {} : { signal };
  const known = new Set<string>();
  for (const { item, selection } of items) {
    if (!item.rules.updateExisting) continue;
    for (const field of ['phone', 'backupPhone'] as const) {
      const source = item.rules[field];
      if (source === 'none' || attributes[source] === '' || known.has(source)) continue;
      if (!haveMorePhones(store, item.id, field, approvalCount)) continue;
      known.add(source);
      if ((await hasAnybody(source)) || !(await findsAnybody(selection))) continue;
      throw new MfaError(
        'sync.nothingFound',
        `Nobody has a readable ${attributes[source]} in the directory, although more than ${approvalCount} users of the item "${item.name}" have a phone.`,
        {
          advice: `Nothing was changed. Give the bind account the right to read ${attributes[source]}; when all phones are to go, let the item take none and remove them here.`,
        },
      );
    }
  }

  /** Else there is more to be said than of phones. */
  async function findsAnybody(selection: SingleSelection): Promise<boolean> {
    for await (const { users } of directory.users(selection, options)) if (users.length > 0) return true;
    return false;
  }

  async function hasAnybody(source: keyof typeof attributes): Promise<boolean> {
    const filter = `(${attributes[source]}=*)`;
    for await (const { users } of directory.users({ scope: 'filter', filter }, options)) {
      if (users.some(({ phones }) => source in phones)) return true;
    }
    return false;
  }
}

/** Whether more users of an item have a phone that is not kept local, and so is the directory's. */
function haveMorePhones(
  store: Store,
  itemId: number,
  field: 'phone' | 'backupPhone',
  count: number,
): boolean {
  const column = field === 'phone' ? 'phone' : 'backup_phone';
  const row = store
    .prepare(
      `SELECT 1 FROM users WHERE sync_item_id = ? AND ${column} IS NOT NULL AND sync_absence IS NOT 'left'
         AND instr(coalesce(local_fields, ''), ?) = 0 LIMIT 1 OFFSET ?`,
    )
    .get(itemId, `"${field}"`, count);
  return row !== undefined;
}
