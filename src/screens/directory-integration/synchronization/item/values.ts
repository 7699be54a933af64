import type { SingleSelection } from '../../../../core/directory/directory.ts';
import { importRulesSchema } from '../../../../core/import/import-rules.ts';
import {
  type ItemDefinition,
  type ItemSelection,
  leaverDefaults,
  leaverRules,
  type SyncItem,
} from '../../../../core/sync/sync-item.ts';
import {
  languageValues,
  methodValues,
  withLanguages,
  withMethod,
} from '../../../directory-import/rules/defaults-forms.ts';
import { settingsValues, withSettings } from '../../../directory-import/rules/settings-form.ts';
import type { FormValues } from '../../../widgets/form/field.ts';

/** A new item updates whom it finds, because that is what it is for. */
const newRules = importRulesSchema.parse({ updateExisting: true });

/** What stands in the form of an item, or of a new one. */
export function valuesOfItem(item: SyncItem | null): FormValues {
  const rules = item?.rules ?? newRules;
  const { leavers, removeAfterDays } = item ?? leaverDefaults;
  return {
    name: item?.name ?? '',
    enabled: item?.enabled ?? true,
    ...selectionValues(item?.selection ?? null),
    leavers,
    removeAfterDays: removeAfterDays === null ? '' : String(removeAfterDays),
    ...settingsValues(rules),
    ...methodValues(rules),
    ...languageValues(rules),
  };
}

type Selected = ItemSelection | SingleSelection;

/** `scope` has no field of its own: it comes with the place. */
export function selectionValues(selection: Selected | null): FormValues {
  if (selection === null) return { scope: '', place: '', isDeep: true, filter: '' };
  switch (selection.scope) {
    case 'container':
      return {
        scope: 'container',
        place: selection.dn,
        isDeep: selection.includeSubtree,
        filter: selection.userFilter ?? '',
      };
    case 'group':
      return {
        scope: 'group',
        place: selection.dn,
        isDeep: selection.isRecursive,
        filter: selection.userFilter ?? '',
      };
    case 'filter':
      return { scope: 'filter', place: '', isDeep: true, filter: selection.filter };
    case 'users':
      return selectionValues(null);
  }
}

/** What the form selects; null while no place is chosen. */
export function selectionOf(values: FormValues): Exclude<SingleSelection, { scope: 'users' }> | null {
  const filter = String(values.filter).trim();
  const userFilter = filter === '' ? {} : { userFilter: filter };
  const dn = String(values.place);
  const isDeep = values.isDeep === true;
  switch (values.scope) {
    case 'container':
      return { scope: 'container', dn, includeSubtree: isDeep, ...userFilter };
    case 'group':
      return { scope: 'group', dn, isRecursive: isDeep, ...userFilter };
    case 'filter':
      return { scope: 'filter', filter };
    default:
      return null;
  }
}

/** Whether the form selects from the place that an item has already, whose directory id is known. */
export function isSamePlace(values: FormValues, { selection }: SyncItem): boolean {
  const { scope, place } = selectionValues(selection);
  return values.scope === scope && values.place === place;
}

/** Whether the form selects whom an item selects. */
export function isSameSelection(values: FormValues, { selection }: SyncItem): boolean {
  return Object.entries(selectionValues(selection)).every(([id, value]) => values[id] === value);
}

/** Everything that the form says beside name, state and selection. */
export function settingsOf(
  values: FormValues,
  before: SyncItem | null,
): Pick<ItemDefinition, 'rules' | 'leavers' | 'removeAfterDays'> {
  const rules = withLanguages(withMethod(withSettings(before?.rules ?? newRules, values), values), values);
  const leavers = leaverRules.find((rule) => rule === values.leavers) ?? leaverDefaults.leavers;
  const days = String(values.removeAfterDays).trim();
  return { rules, leavers, removeAfterDays: leavers === 'remove' && days !== '' ? Number(days) : null };
}
