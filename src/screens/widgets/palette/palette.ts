import { bindCommands } from '../../commands/command.ts';
import type { Layer } from '../../commands/layers.ts';
import { createReducerStore, type Store } from '../../store.ts';
import { textInputAction } from '../text-input/keys.ts';
import { type PaletteCommandId, paletteCommands } from './keys.ts';
import {
  openPalette,
  type PaletteAction,
  type PaletteEntry,
  type PaletteState,
  reducePalette,
} from './state.ts';

export interface RunnableEntry extends PaletteEntry {
  run(): void;
}

/** A list that is searched by typing, such as that of all commands. */
export interface Palette extends Pick<Store<PaletteState<RunnableEntry>>, 'get' | 'subscribe'> {
  readonly title: string;
  /** Shown where nothing matches. */
  readonly emptyText: string;
  readonly layer: Layer;
}

export interface PaletteOptions {
  readonly title: string;
  /** Shown where nothing matches, as a sentence. */
  readonly emptyText: string;
  readonly entries: readonly RunnableEntry[];
  /** Called once, before the chosen entry is done. */
  onClose(): void;
  /** Called with the reason when a disabled entry was chosen; the palette stays open. */
  onDisabled(reason: string): void;
}

export function createPalette({ title, emptyText, entries, onClose, onDisabled }: PaletteOptions): Palette {
  const store = createReducerStore<PaletteState<RunnableEntry>, PaletteAction>(
    reducePalette,
    openPalette(entries),
  );

  function runChosen(): void {
    const { found, cursor } = store.get();
    const entry = found[cursor];
    if (entry === undefined) return;
    if (entry.reason !== null) {
      onDisabled(entry.reason);
      return;
    }
    onClose();
    entry.run();
  }

  const actions: Record<PaletteCommandId, () => void> = {
    'palette.up': () => store.dispatch({ type: 'move', by: -1 }),
    'palette.down': () => store.dispatch({ type: 'move', by: 1 }),
    'palette.run': runChosen,
    'palette.close': onClose,
  };

  return {
    get: store.get,
    subscribe: store.subscribe,
    title,
    emptyText,
    layer: {
      name: 'palette',
      isModal: true,
      commands: bindCommands(paletteCommands, store.get, (id) => actions[id]()),
      capture(event) {
        const edit = textInputAction(event);
        if (edit !== null) store.dispatch({ type: 'type', edit });
        return edit !== null;
      },
    },
  };
}
