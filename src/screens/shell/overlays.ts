import type { ReactNode } from 'react';
import { createElement } from 'react';
import type { Layer, LayerStack } from '../commands/layers.ts';
import { createStore, type Store } from '../store.ts';
import { openDialog } from '../widgets/dialog/dialog.ts';
import { DialogView } from '../widgets/dialog/dialog-view.tsx';
import type { Dialog } from '../widgets/dialog/state.ts';

/** Something over the main pane that takes the keys while it is there. */
export interface Overlay {
  readonly layer: Layer;
  draw(width: number, height: number): ReactNode;
}

/** What lies over the screens, the last one on top. */
export interface Overlays extends Pick<Store<readonly Overlay[]>, 'get' | 'subscribe'> {
  /** Puts one on top; returns what closes it. */
  open(overlay: Overlay): () => void;
  /** Asks, and resolves with the answer: the id of a button, or `cancelled`. */
  ask(dialog: Dialog): Promise<string>;
}

export function createOverlays(layers: LayerStack): Overlays {
  const store = createStore<readonly Overlay[]>([]);

  function open(overlay: Overlay): () => void {
    const removeLayer = layers.push(overlay.layer);
    store.set([...store.get(), overlay]);
    return () => {
      removeLayer();
      store.set(store.get().filter((other) => other !== overlay));
    };
  }

  function ask(dialog: Dialog): Promise<string> {
    return new Promise((resolve) => {
      const opened = openDialog(dialog, (answer) => {
        close();
        resolve(answer);
      });
      const close = open({
        layer: opened.layer,
        draw: (width, height) => createElement(DialogView, { dialog: opened, width, height }),
      });
    });
  }

  return { get: store.get, subscribe: store.subscribe, open, ask };
}
