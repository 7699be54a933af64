import type { FieldChanges } from '../users/write-change.ts';
import type { SyncItem } from './sync-item.ts';

/** What is different in an item, setting by setting; null stands for one that is not there. */
export function itemChanges(before: SyncItem | null, after: SyncItem | null): FieldChanges {
  const [old, now] = [flatten(before), flatten(after)];
  const changes: FieldChanges = {};
  for (const name of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const pair: [unknown, unknown] = [old[name] ?? null, now[name] ?? null];
    if (pair[0] !== pair[1]) changes[name] = pair;
  }
  return changes;
}

function flatten(item: SyncItem | null): Record<string, unknown> {
  if (item === null) return {};
  const { name, enabled, selection, rules, leavers, removeAfterDays } = item;
  return { name, enabled, ...selection, ...rules, leavers, removeAfterDays };
}
