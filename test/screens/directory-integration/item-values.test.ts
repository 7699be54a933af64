import { describe, expect, test } from 'vitest';
import type { SingleSelection } from '../../../src/core/directory/directory.ts';
import { importRulesSchema } from '../../../src/core/import/import-rules.ts';
import { type ItemSelection, itemDefinitionSchema, type SyncItem } from '../../../src/core/sync/sync-item.ts';
import { suggestedName } from '../../../src/screens/directory-integration/synchronization/item/suggested-name.ts';
import {
  isSamePlace,
  isSameSelection,
  selectionOf,
  settingsOf,
  valuesOfItem,
} from '../../../src/screens/directory-integration/synchronization/item/values.ts';

const sales = { directoryId: 'id-1', dn: 'OU=Sales,DC=x' };

function itemOf(selection: ItemSelection, changes: Partial<SyncItem> = {}): SyncItem {
  return {
    id: 1,
    name: 'Sales',
    enabled: true,
    selection,
    rules: importRulesSchema.parse({ method: 'oathToken', mode: 'otp', languageMobileApp: 'de' }),
    leavers: 'remove',
    removeAfterDays: 30,
    version: 1,
    updatedAt: '2026-03-02T10:00:00.000Z',
    updatedBy: 'admin@test',
    ...changes,
  };
}

const selections: readonly ItemSelection[] = [
  { scope: 'container', ...sales, includeSubtree: false },
  { scope: 'container', ...sales, includeSubtree: true, userFilter: '(title=*)' },
  { scope: 'group', ...sales, isRecursive: true },
  { scope: 'filter', filter: '(department=Sales)' },
];

describe('the form of an item', () => {
  test.each(selections)('gives back what it was opened with: %j', (selection) => {
    const item = itemOf(selection);
    const values = valuesOfItem(item);
    const { directoryId: _, ...selected } = { directoryId: '', ...selection };
    expect(selectionOf(values)).toEqual(selected);
    expect(isSameSelection(values, item)).toBe(true);
    const { rules, leavers, removeAfterDays } = item;
    expect(settingsOf(values, item)).toEqual({ rules, leavers, removeAfterDays });
  });

  test('proposes for a new item what the schema does when nothing is said of leavers', () => {
    const { leavers, removeAfterDays } = settingsOf(valuesOfItem(null), null);
    const { selection, rules } = itemOf(selections[0] as ItemSelection);
    expect(itemDefinitionSchema.parse({ selection, rules })).toMatchObject({ leavers, removeAfterDays });
    expect(leavers).toBe('leave');
  });

  test('forgets the days of those who are not to be removed', () => {
    const item = itemOf(selections[0] as ItemSelection);
    const values = { ...valuesOfItem(item), leavers: 'disable' };
    expect(settingsOf(values, item)).toMatchObject({ leavers: 'disable', removeAfterDays: null });
  });

  test('knows the same place with another filter, and another place', () => {
    const item = itemOf(selections[1] as ItemSelection);
    const narrowed = { ...valuesOfItem(item), filter: '(title=Clerk)' };
    expect([isSamePlace(narrowed, item), isSameSelection(narrowed, item)]).toEqual([true, false]);
    expect(isSamePlace({ ...narrowed, place: 'OU=Lab,DC=x' }, item)).toBe(false);
    expect(selectionOf(valuesOfItem(null))).toBeNull();
  });
});

test.each<[SingleSelection, string]>([
  [{ scope: 'container', dn: 'OU=Sales,DC=x', includeSubtree: true }, 'OU=Sales'],
  [{ scope: 'group', dn: 'CN=VPN Users,OU=Groups,DC=x', isRecursive: true }, 'VPN Users'],
  [{ scope: 'group', dn: 'CN=Sales\\, Field,OU=Groups,DC=x', isRecursive: true }, 'Sales, Field'],
  [{ scope: 'container', dn: `OU=${'x'.repeat(200)},DC=x`, includeSubtree: true }, `OU=${'x'.repeat(97)}`],
  [{ scope: 'filter', filter: '(title=*)' }, ''],
])('a new item is called after its place: %j', (selection, name) => {
  expect(suggestedName(selection)).toBe(name);
});
