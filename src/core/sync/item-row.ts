import type { SyncItemRow } from '../store/tables.ts';
import { type ItemDefinition, itemDefinitionSchema, type SyncItem } from './sync-item.ts';

/** An item as it is stored. */
export function itemFromRow(row: SyncItemRow): SyncItem {
  return {
    id: row.id,
    name: row.name,
    enabled: row.enabled === 1,
    ...itemDefinitionSchema.parse(JSON.parse(row.definition)),
    version: row.version,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  };
}

/** The column `definition`. */
export function definitionText({ selection, rules, leavers, removeAfterDays }: ItemDefinition): string {
  return JSON.stringify({ selection, rules, leavers, removeAfterDays });
}
