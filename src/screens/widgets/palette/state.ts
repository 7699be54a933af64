import {
  reduceTextInput,
  type TextInputAction,
  type TextInputState,
  textInput,
} from '../text-input/state.ts';
import { fuzzyScore } from './fuzzy.ts';

/** A section or an action, by name. */
export interface PaletteEntry {
  readonly id: string;
  readonly title: string;
  readonly scope: string;
  readonly keys: string;
  /** Why it cannot be done now; null when it can. */
  readonly reason: string | null;
}

export interface PaletteState<Entry extends PaletteEntry> {
  readonly all: readonly Entry[];
  readonly input: TextInputState;
  /** What matches, the best first. */
  readonly found: readonly Entry[];
  readonly cursor: number;
}

export type PaletteAction =
  | { readonly type: 'type'; readonly edit: TextInputAction }
  | { readonly type: 'move'; readonly by: number };

export function openPalette<Entry extends PaletteEntry>(all: readonly Entry[]): PaletteState<Entry> {
  return { all, input: textInput(), found: all, cursor: 0 };
}

export function reducePalette<Entry extends PaletteEntry>(
  state: PaletteState<Entry>,
  action: PaletteAction,
): PaletteState<Entry> {
  if (action.type === 'move') {
    const cursor = Math.max(0, Math.min(state.found.length - 1, state.cursor + action.by));
    return { ...state, cursor };
  }
  const input = reduceTextInput(state.input, action.edit);
  if (input.value === state.input.value) return { ...state, input };
  return { ...state, input, found: findEntries(state.all, input.value), cursor: 0 };
}

function findEntries<Entry extends PaletteEntry>(all: readonly Entry[], typed: string): readonly Entry[] {
  return all
    .flatMap((entry) => {
      const byTitle = fuzzyScore(typed, entry.title);
      const withScope = fuzzyScore(typed, `${entry.scope} ${entry.title}`);
      if (byTitle === null && withScope === null) return [];
      return [{ entry, score: Math.max(byTitle ?? -100, (withScope ?? -100) - 1) }];
    })
    .toSorted((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}
