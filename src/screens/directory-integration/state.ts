import type { StoredConnection } from '../../core/directory/directory-connection.ts';
import { type FieldSpec, shownFields } from '../widgets/form/field.ts';
import type { Form } from '../widgets/form/form.ts';
import type { TabsState } from '../widgets/tabs/state.ts';
import { kindField, limitFields, serverFields, withBaseDnKey } from './connection-fields.ts';
import { attributeFieldsOf, filterFields } from './mapping-fields.ts';

export const directoryTabs = ['settings', 'filters', 'attributes'] as const;
export type DirectoryTab = (typeof directoryTabs)[number];

export type DirectoryField = FieldSpec & { readonly tab: DirectoryTab };

export interface DirectoryState {
  /** As it was loaded. */
  readonly stored: StoredConnection;
  readonly fields: readonly DirectoryField[];
  readonly form: Form;
  readonly tab: DirectoryTab;
  /** The field that had the focus when it was last looked at. */
  readonly focus: string;
  /** Grows with every change of the form. */
  readonly revision: number;
}

/** What is shown of a stored connection. */
export type Loaded = Pick<DirectoryState, 'stored' | 'fields' | 'form'>;

export type DirectoryAction =
  | ({ readonly type: 'load' } & Loaded)
  /** The focus may have gone to another tab. */
  | { readonly type: 'form-changed' }
  | { readonly type: 'tab'; readonly tab: DirectoryTab };

export function reduceDirectory(state: DirectoryState, action: DirectoryAction): DirectoryState {
  switch (action.type) {
    case 'load': {
      const { stored, fields, form } = action;
      return { ...state, stored, fields, form, focus: form.get().focus, revision: state.revision + 1 };
    }
    case 'form-changed': {
      const { focus } = state.form.get();
      const tab = state.fields.find(({ id }) => id === focus)?.tab ?? state.tab;
      // A tab without fields has no focus, and must stay open for all that.
      const isMoved = focus !== state.focus;
      return { ...state, tab: isMoved ? tab : state.tab, focus, revision: state.revision + 1 };
    }
    case 'tab':
      return { ...state, tab: action.tab };
  }
}

/** The fields of all tabs. @param lockedBecause why nothing may be changed; null when it may */
export function directoryFields(
  stored: StoredConnection,
  lockedBecause: string | null = null,
): readonly DirectoryField[] {
  const on = (tab: DirectoryTab, fields: readonly FieldSpec[]) =>
    fields.map(
      (field): DirectoryField => ({
        ...field,
        tab,
        ...(lockedBecause !== null && { lockedBecause }),
      }),
    );
  return [
    ...on('settings', [kindField, ...serverFields(stored).map(withBaseDnKey), ...limitFields]),
    ...on('filters', filterFields()),
    ...on('attributes', attributeFieldsOf()),
  ];
}

/** Ids of the fields of a tab that are there now. */
export function fieldsOn(
  { fields, form }: Pick<DirectoryState, 'fields' | 'form'>,
  tab: DirectoryTab,
): string[] {
  const { values } = form.get();
  return shownFields({ fields, values })
    .filter((field) => field.tab === tab)
    .map(({ id }) => id);
}

/** The tabs, with a mark on those where a field has a problem. */
export function tabsOf(state: DirectoryState): TabsState<DirectoryTab> {
  const { problems } = state.form.get();
  const titles = { settings: 'Settings', filters: 'Filters', attributes: 'Attributes' };
  const tabs = directoryTabs.map((id) => {
    return { id, title: titles[id], hasProblem: fieldsOn(state, id).some((field) => field in problems) };
  });
  return { tabs, active: state.tab };
}
