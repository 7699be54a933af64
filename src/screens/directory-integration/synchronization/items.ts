import type { Core } from '../../../core/core.ts';
import { countOf, countText } from '../../../core/count-text.ts';
import { addedByItem } from '../../../core/sync/added-by-item.ts';
import type { SyncItem } from '../../../core/sync/sync-item.ts';
import { methodNames, modeNames } from '../../../core/users/method.ts';
import type { TableColumn } from '../../widgets/table/columns.ts';

/** A line of the list of items. */
export interface ItemRow {
  readonly item: SyncItem;
  /** Its place in the order, from 1. */
  readonly place: number;
  /** Users who belong to it. */
  readonly users: number;
  /** How many of them the last run has added; 0 where that would take long to find out. */
  readonly added: number;
}

/** More lines of a log are not read for each look at the items. */
const mostAdded = 2000;

export function readItems(
  { synchronization, store, runs }: Core,
  lastRun: number | null,
): readonly ItemRow[] {
  const users = synchronization.items.countUsers();
  const isRead = lastRun !== null && runs.find(lastRun).counts.added <= mostAdded;
  const added = isRead ? addedByItem(store, lastRun) : new Map<number, number>();
  return synchronization.items.list().map((item, index) => {
    const { id } = item;
    return { item, place: index + 1, users: users.get(id) ?? 0, added: added.get(id) ?? 0 };
  });
}

export const itemColumns: readonly TableColumn<ItemRow>[] = [
  { id: 'place', title: '#', minWidth: 2, align: 'right', value: ({ place }) => String(place) },
  { id: 'item', title: 'Item', minWidth: 18, flex: 3, value: ({ item }) => nameText(item), token },
  { id: 'scope', title: 'Scope', minWidth: 9, value: ({ item }) => scopeText(item), token },
  { id: 'leavers', title: 'Leavers', minWidth: 10, value: ({ item }) => leaversText(item), token },
  { id: 'method', title: 'Method', minWidth: 11, flex: 1, value: ({ item }) => methodText(item), token },
  { id: 'result', title: 'Last result', minWidth: 15, flex: 1, value: resultText, token },
];

function token({ item }: ItemRow) {
  return item.enabled ? undefined : ('disabled' as const);
}

/** Containers are what most items are; for the others it is said. */
function nameText({ name, selection }: SyncItem): string {
  return selection.scope === 'container' ? name : `${name} (${selection.scope})`;
}

export function scopeText({ selection }: Pick<SyncItem, 'selection'>): string {
  switch (selection.scope) {
    case 'container':
      return selection.includeSubtree ? 'and below' : 'one level';
    case 'group':
      return selection.isRecursive ? 'recursive' : 'direct';
    case 'filter':
      return 'anywhere';
  }
}

function leaversText({ leavers, removeAfterDays }: SyncItem): string {
  return removeAfterDays === null ? leavers : `${leavers} ${removeAfterDays}d`;
}

function methodText({ rules: { method, mode } }: SyncItem): string {
  if (method === null) return '-';
  const isPlain = mode === null || mode === 'standard' || mode === 'otp';
  return isPlain ? methodNames[method] : `${methodNames[method]}, ${modeNames[mode]}`;
}

function resultText({ item, users, added }: ItemRow): string {
  const text = countOf(users, 'user') + (added > 0 ? `, +${countText(added)}` : '');
  return item.enabled ? text : `off, ${text}`;
}
