import { bindCommands, defineCommands } from '../../commands/command.ts';
import type { HelpEntry } from '../../commands/generated-help.ts';
import type { Layer } from '../../commands/layers.ts';
import { createReducerStore, type Store } from '../../store.ts';

export interface HelpState {
  readonly entries: readonly HelpEntry[];
  /** First line that is seen. */
  readonly top: number;
  /** Lines that are seen at once. */
  readonly height: number;
}

export type HelpAction =
  | { readonly type: 'scroll'; readonly by: number }
  | { readonly type: 'page'; readonly by: 1 | -1 }
  | { readonly type: 'resize'; readonly height: number };

export type HelpLine = { readonly heading: string } | HelpEntry;

/** Entries with a heading before each scope. */
export function helpLines(entries: readonly HelpEntry[]): readonly HelpLine[] {
  const byScope = Map.groupBy(entries, ({ scope }) => scope);
  return [...byScope].flatMap(([heading, some]): HelpLine[] => [{ heading }, ...some]);
}

export function reduceHelp(state: HelpState, action: HelpAction): HelpState {
  const height = action.type === 'resize' ? action.height : state.height;
  const by = action.type === 'resize' ? 0 : action.type === 'page' ? action.by * (height - 1) : action.by;
  const last = Math.max(0, helpLines(state.entries).length - height);
  return { ...state, height, top: Math.max(0, Math.min(last, state.top + by)) };
}

export type HelpCommandId = 'help.up' | 'help.down' | 'help.pageUp' | 'help.pageDown' | 'help.close';

const scope = 'Help';
const isHiddenInPalette = true;

export const helpCommands = defineCommands<unknown, HelpCommandId>([
  { id: 'help.up', title: 'One line up', keys: ['up', 'k'], scope, isHiddenInPalette },
  { id: 'help.down', title: 'One line down', keys: ['down', 'j'], scope, isHiddenInPalette },
  { id: 'help.pageUp', title: 'One page up', keys: ['pageup'], scope, isHiddenInPalette },
  {
    id: 'help.pageDown',
    title: 'One page down',
    keys: ['pagedown', 'space'],
    scope,
    hint: 'Page',
    isHiddenInPalette,
  },
  {
    id: 'help.close',
    title: 'Close help',
    keys: ['escape', 'q', '?', 'enter', 'ctrl+c'],
    scope,
    hint: 'Close',
    isHiddenInPalette,
  },
]);

/** Help while it is open. */
export interface Help extends Pick<Store<HelpState>, 'get' | 'subscribe'> {
  readonly layer: Layer;
  resize(height: number): void;
}

export function createHelp(entries: readonly HelpEntry[], onClose: () => void): Help {
  const store = createReducerStore<HelpState, HelpAction>(reduceHelp, { entries, top: 0, height: 20 });
  const actions: Record<HelpCommandId, () => void> = {
    'help.up': () => store.dispatch({ type: 'scroll', by: -1 }),
    'help.down': () => store.dispatch({ type: 'scroll', by: 1 }),
    'help.pageUp': () => store.dispatch({ type: 'page', by: -1 }),
    'help.pageDown': () => store.dispatch({ type: 'page', by: 1 }),
    'help.close': onClose,
  };
  const commands = bindCommands(helpCommands, store.get, (id) => actions[id]());
  return {
    get: store.get,
    subscribe: store.subscribe,
    layer: { name: 'help', isModal: true, commands },
    resize: (height) => store.dispatch({ type: 'resize', height }),
  };
}
