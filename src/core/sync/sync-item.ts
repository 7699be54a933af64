import * as z from 'zod';
import type { SingleSelection } from '../directory/directory.ts';
import { importRulesSchema } from '../import/import-rules.ts';

/** What becomes of users whom their item no longer finds. */
export const leaverRules = ['leave', 'disable', 'remove'] as const;
export type LeaverRule = (typeof leaverRules)[number];

/**
 * Whom an item takes. Containers and groups are known by their directory ids, so that they may be renamed and moved;
 * the DN is where they were when somebody looked last.
 */
export const itemSelectionSchema = z.discriminatedUnion('scope', [
  z.object({
    scope: z.literal('container'),
    directoryId: z.string(),
    dn: z.string(),
    includeSubtree: z.boolean(),
    userFilter: z.string().optional(),
  }),
  z.object({
    scope: z.literal('group'),
    directoryId: z.string(),
    dn: z.string(),
    isRecursive: z.boolean(),
    userFilter: z.string().optional(),
  }),
  z.object({ scope: z.literal('filter'), filter: z.string() }),
]);
export type ItemSelection = z.infer<typeof itemSelectionSchema>;

const leaverSettingsSchema = z.object({
  leavers: z.enum(leaverRules).default('leave'),
  /** With `remove`: first they are disabled, and removed after so many days; null removes them at once. */
  removeAfterDays: z.number().int().min(1).max(3650).nullable().default(null),
});

/** What a new item does with leavers where nobody says anything else: nothing that takes something away. */
export const leaverDefaults = leaverSettingsSchema.parse({});

/** What an administrator says of an item beside its name and place. */
export const itemDefinitionSchema = z.object({
  selection: itemSelectionSchema,
  rules: importRulesSchema,
  ...leaverSettingsSchema.shape,
});
export type ItemDefinition = z.infer<typeof itemDefinitionSchema>;

/** A synchronization item. Moments are ISO 8601 UTC text. */
export interface SyncItem extends ItemDefinition {
  id: number;
  name: string;
  /** One that is not enabled is passed over; its users stay as they are. */
  enabled: boolean;
  version: number;
  updatedAt: string;
  updatedBy: string;
}

/** The selection as the directory understands it, with the container or group where it is now. */
export function selectionAt(selection: ItemSelection, dn: string): SingleSelection {
  if (selection.scope === 'filter') return selection;
  const userFilter = selection.userFilter === undefined ? {} : { userFilter: selection.userFilter };
  return selection.scope === 'container'
    ? { scope: 'container', dn, includeSubtree: selection.includeSubtree, ...userFilter }
    : { scope: 'group', dn, isRecursive: selection.isRecursive, ...userFilter };
}

/** An item as scripts read it. */
export function itemJson(item: SyncItem) {
  const { id, name, enabled, selection, rules, leavers, removeAfterDays, version, updatedAt, updatedBy } =
    item;
  return { id, name, enabled, selection, rules, leavers, removeAfterDays, version, updatedAt, updatedBy };
}
