import type { User } from '../../../core/users/user.ts';
import type { Fact } from '../../widgets/facts/facts-lines.ts';
import type { Form } from '../../widgets/form/form.ts';
import type { TabsState } from '../../widgets/tabs/state.ts';
import type { EditField, EditTab } from './fields.ts';

export type Tab = EditTab | 'info';

/** What the edit dialog shows. */
export interface EditState {
  /** As it was loaded; null for a new one. */
  readonly user: User | null;
  readonly fields: readonly EditField[];
  readonly form: Form;
  readonly tab: Tab;
  readonly facts: readonly Fact[];
  /** Grows with every change of the form. */
  readonly revision: number;
}

export type EditAction =
  | {
      readonly type: 'load';
      readonly user: User | null;
      readonly fields: readonly EditField[];
      readonly form: Form;
      readonly facts: readonly Fact[];
    }
  /** The focus may be on another tab now. */
  | { readonly type: 'form-changed' }
  | { readonly type: 'tab'; readonly tab: Tab };

export function reduceEdit(state: EditState, action: EditAction): EditState {
  switch (action.type) {
    case 'load': {
      const { type: _, ...loaded } = action;
      return { ...state, ...loaded, revision: state.revision + 1 };
    }
    case 'form-changed': {
      const revision = state.revision + 1;
      return { ...state, revision, tab: state.tab === 'info' ? 'info' : tabOfFocus(state) };
    }
    case 'tab':
      return { ...state, tab: action.tab };
  }
}

/** The tab of the field with the focus. */
export function tabOfFocus({ fields, form }: Pick<EditState, 'fields' | 'form'>): EditTab {
  const { focus } = form.get();
  return fields.find(({ id }) => id === focus)?.tab ?? 'general';
}

/** Ids of the fields of a tab. */
export function fieldsOn({ fields }: Pick<EditState, 'fields'>, tab: Tab): readonly string[] {
  return fields.filter((field) => field.tab === tab).map(({ id }) => id);
}

/** The tabs, with a mark on those where a field has a problem. */
export function tabsOf(state: EditState): TabsState<Tab> {
  const { problems } = state.form.get();
  const hasProblem = (tab: Tab) => fieldsOn(state, tab).some((id) => problems[id] !== undefined);
  const tabs = [
    { id: 'general' as const, title: 'General', hasProblem: hasProblem('general') },
    { id: 'advanced' as const, title: 'Advanced', hasProblem: hasProblem('advanced') },
    ...(state.user === null ? [] : [{ id: 'info' as const, title: 'Info' }]),
  ];
  return { tabs, active: state.tab };
}
