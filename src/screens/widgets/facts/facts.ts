import { type BoundCommand, bindCommands, defineCommands } from '../../commands/command.ts';
import { createReducerStore, type ReducerStore } from '../../store.ts';

/** Which part of the facts is seen, in lines. */
export interface FactsState {
  readonly top: number;
  readonly lines: number;
  readonly height: number;
}

export type FactsAction =
  | { readonly type: 'scroll'; readonly by: number }
  | { readonly type: 'page'; readonly by: 1 | -1 }
  | { readonly type: 'top' }
  /** How many lines there are, and how many are seen at once. */
  | { readonly type: 'measured'; readonly lines: number; readonly height: number };

export function reduceFacts(state: FactsState, action: FactsAction): FactsState {
  switch (action.type) {
    case 'scroll':
      return scrolled(state, state.top + action.by);
    case 'page':
      // Both ends of what is seen may be lines that say how much more there is.
      return scrolled(state, state.top + action.by * Math.max(1, state.height - 2));
    case 'top':
      return { ...state, top: 0 };
    case 'measured':
      return scrolled({ ...state, lines: action.lines, height: action.height }, state.top);
  }
}

function scrolled(state: FactsState, top: number): FactsState {
  return { ...state, top: Math.max(0, Math.min(top, state.lines - state.height)) };
}

export type FactsCommandId =
  | 'facts.up'
  | 'facts.down'
  | 'facts.pageUp'
  | 'facts.pageDown'
  | 'facts.first'
  | 'facts.last';

const scope = 'Details';
const isHiddenInPalette = true;

const allIsSeen = 'All of it is seen.';
const hasAbove = ({ top, lines, height }: FactsState) =>
  top > 0 || (lines > height ? 'This is the beginning.' : allIsSeen);
const hasBelow = ({ top, lines, height }: FactsState) =>
  top < lines - height || (lines > height ? 'This is the end.' : allIsSeen);

/** Hints are those that lead on from here. */
export const factsCommands = defineCommands<FactsState, FactsCommandId>([
  {
    id: 'facts.pageDown',
    title: 'One page down',
    keys: ['pagedown', 'space'],
    scope,
    hint: 'Page down',
    isHiddenInPalette,
    isEnabled: hasBelow,
  },
  {
    id: 'facts.pageUp',
    title: 'One page up',
    keys: ['pageup'],
    scope,
    hint: 'Page up',
    isHiddenInPalette,
    isEnabled: hasAbove,
  },
  {
    id: 'facts.down',
    title: 'One line down',
    keys: ['down', 'j'],
    scope,
    isHiddenInPalette,
    isEnabled: hasBelow,
  },
  { id: 'facts.up', title: 'One line up', keys: ['up', 'k'], scope, isHiddenInPalette, isEnabled: hasAbove },
  { id: 'facts.first', title: 'To the first line', keys: ['home', 'g'], scope, isHiddenInPalette },
  { id: 'facts.last', title: 'To the last line', keys: ['end', 'G'], scope, isHiddenInPalette },
]);

const actions: Record<FactsCommandId, FactsAction> = {
  'facts.up': { type: 'scroll', by: -1 },
  'facts.down': { type: 'scroll', by: 1 },
  'facts.pageUp': { type: 'page', by: -1 },
  'facts.pageDown': { type: 'page', by: 1 },
  'facts.first': { type: 'top' },
  'facts.last': { type: 'scroll', by: Number.MAX_SAFE_INTEGER },
};

/** Facts that may be more than fit: where they are scrolled to, and the keys for it. */
export interface FactsScroll extends ReducerStore<FactsState, FactsAction> {
  readonly commands: readonly BoundCommand[];
}

export function createFactsScroll(): FactsScroll {
  const store = createReducerStore<FactsState, FactsAction>(reduceFacts, { top: 0, lines: 0, height: 1 });
  return {
    ...store,
    commands: bindCommands(factsCommands, store.get, (id) => store.dispatch(actions[id])),
  };
}
