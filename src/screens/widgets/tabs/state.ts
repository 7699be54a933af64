export interface Tab<Id extends string = string> {
  readonly id: Id;
  readonly title: string;
  /** Marks a tab that needs attention, such as one with an error in it. */
  readonly hasProblem?: boolean;
}

export interface TabsState<Id extends string = string> {
  readonly tabs: readonly Tab<Id>[];
  readonly active: Id;
}

export type TabsAction<Id extends string = string> =
  | { readonly type: 'next' }
  | { readonly type: 'previous' }
  | { readonly type: 'open'; readonly id: Id };

/** Stops at the ends: a held key must not run round. */
export function reduceTabs<Id extends string>(state: TabsState<Id>, action: TabsAction<Id>): TabsState<Id> {
  if (action.type === 'open') {
    return state.tabs.some(({ id }) => id === action.id) ? { ...state, active: action.id } : state;
  }
  const index = state.tabs.findIndex(({ id }) => id === state.active);
  const next = state.tabs[index + (action.type === 'next' ? 1 : -1)];
  return next === undefined ? state : { ...state, active: next.id };
}
