/** What the left pane lists. */
export const views = ['containers', 'groups', 'search'] as const;
export type View = (typeof views)[number];

export const viewTitles: Record<View, string> = {
  containers: 'Containers',
  groups: 'Security groups',
  search: 'Search',
};

export interface ImportState {
  readonly view: View;
  /** Which pane has the focus. */
  readonly pane: 'places' | 'people';
  /** Containers count with everything below. */
  readonly isSubtree: boolean;
  /** Groups count with the members of groups in them. */
  readonly isRecursive: boolean;
  /** What was searched for last; null before the first search. */
  readonly searched: string | null;
}

export type ImportAction =
  /** Stops at the ends. */
  | { readonly type: 'view'; readonly by: 1 | -1 }
  | { readonly type: 'other-pane' }
  | { readonly type: 'depth' }
  | { readonly type: 'searched'; readonly text: string };

export const initialImport: ImportState = {
  view: 'containers',
  pane: 'places',
  isSubtree: true,
  isRecursive: true,
  searched: null,
};

/** What the depth key would do now; null where it means nothing. */
export function otherDepth({ view, isSubtree, isRecursive }: ImportState): string | null {
  if (view === 'containers') return isSubtree ? 'one level' : 'and below';
  if (view === 'groups') return isRecursive ? 'direct only' : 'nested, too';
  return null;
}

export function reduceImport(state: ImportState, action: ImportAction): ImportState {
  switch (action.type) {
    case 'view': {
      const view = views[views.indexOf(state.view) + action.by];
      return view === undefined ? state : { ...state, view, pane: 'places' };
    }
    case 'other-pane':
      return { ...state, pane: state.pane === 'places' ? 'people' : 'places' };
    case 'depth':
      if (state.view === 'search') return state;
      return state.view === 'groups'
        ? { ...state, isRecursive: !state.isRecursive }
        : { ...state, isSubtree: !state.isSubtree };
    case 'searched':
      return { ...state, searched: action.text };
  }
}
