/** Which tab of a screen is open. */
export interface TabbedState {
  readonly tab: string;
  /** Grows with every change in a pane. */
  readonly revision: number;
}

export type TabbedAction =
  | { readonly type: 'tab'; readonly tab: string }
  /** Something that a pane draws is new. */
  | { readonly type: 'pane-changed' };

export function reduceTabbed(state: TabbedState, action: TabbedAction): TabbedState {
  if (action.type === 'tab') return { ...state, tab: action.tab };
  return { ...state, revision: state.revision + 1 };
}

/** The parts of a place such as `outbox:state:failed`: the tab, and where in it. */
export function tabPlace(place: string): { readonly tab: string; readonly rest: string | null } {
  const colon = place.indexOf(':');
  if (colon === -1) return { tab: place, rest: null };
  return { tab: place.slice(0, colon), rest: place.slice(colon + 1) };
}
