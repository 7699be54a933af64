import type { Pane, Tabs } from '../tabbed/pane.ts';
import { shownFields } from '../widgets/form/field.ts';
import { openFields } from '../widgets/form/state.ts';
import type { StoredForm } from './stored-form.ts';

/** One form over several tabs: the field with the focus is always on the open one. */
export interface FormTabs extends Required<Pick<Pane, 'enter' | 'hasProblem' | 'show'>> {
  /** Ids of the fields of a tab that are there now. */
  fieldsOn(tab: string): readonly string[];
}

/** @param tabOf the tab of a field */
export function spreadOverTabs<Stored>(
  stored: StoredForm<Stored>,
  tabs: Tabs,
  tabOf: (field: string) => string | undefined,
): FormTabs {
  const form = () => stored.get().form;
  let { focus } = form().get();

  // The focus goes from the last field of a tab to the first of the next, and to the first problem wherever it is.
  stored.subscribe(() => {
    const { focus: now } = form().get();
    if (now === focus) return;
    focus = now;
    const tab = tabOf(now);
    if (tab !== undefined) tabs.open(tab);
  });

  function fieldsOn(tab: string): readonly string[] {
    return shownFields(form().get())
      .map(({ id }) => id)
      .filter((id) => tabOf(id) === tab);
  }

  return {
    fieldsOn,
    enter(tab) {
      const state = form().get();
      const ids = fieldsOn(tab);
      if (ids.includes(state.focus)) return;
      const target = openFields(state).find(({ id }) => ids.includes(id))?.id ?? ids[0];
      if (target !== undefined) form().dispatch({ type: 'focus', to: { id: target } });
      form().dispatch({ type: 'editing', isEditing: state.isEditing });
    },
    hasProblem(tab) {
      const { problems } = form().get();
      return fieldsOn(tab).some((id) => problems[id] !== undefined);
    },
    show: (field) => form().dispatch({ type: 'focus', to: { id: field } }),
  };
}
