import type { ReactNode } from 'react';
import { createElement } from 'react';
import type { Layer, LayerStack } from '../commands/layers.ts';
import { createStore, type Store } from '../store.ts';
import { openDialog } from '../widgets/dialog/dialog.ts';
import { DialogView } from '../widgets/dialog/dialog-view.tsx';
import { cancelled, confirmed, type Dialog } from '../widgets/dialog/state.ts';
import type { FormValues } from '../widgets/form/field.ts';
import type { SaveOutcome } from '../widgets/form/form.ts';
import { createFormDialog, type FormDialogOptions } from '../widgets/form-dialog/form-dialog.ts';
import { FormDialogView } from '../widgets/form-dialog/form-dialog-view.tsx';
import { createProgressDialog } from '../widgets/progress/progress-dialog.ts';
import { ProgressDialogView } from '../widgets/progress/progress-dialog-view.tsx';
import { errorReport } from './error-report.ts';

/** Something over the main pane that takes the keys while it is there. */
export interface Overlay {
  readonly layer: Layer;
  /** What its hints depend on; left out, they are always the same. */
  readonly state?: Pick<Store<unknown>, 'get' | 'subscribe'>;
  draw(width: number, height: number): ReactNode;
}

/** What lies over the screens, the last one on top. */
export interface Overlays extends Pick<Store<readonly Overlay[]>, 'get' | 'subscribe'> {
  /** Puts one on top; returns what closes it. */
  open(overlay: Overlay): () => void;
  /**
   * Asks, and resolves with the answer: the id of a button, or `cancelled`, also when a signal says that the
   * question has no sense any more.
   */
  ask(dialog: Dialog, signal?: AbortSignal): Promise<string>;
  /** Lets a few fields be filled, and resolves with their values; null when it was cancelled. */
  fill(options: FormDialogOptions): Promise<FormValues | null>;
  /** Shows how far a long job is; Esc offers to stop it after its present batch. */
  progress(title: string, total: number | null, onStop: () => void): ProgressOverlay;
}

export interface ProgressOverlay {
  advance(done: number, current: string, total?: number): void;
  close(): void;
}

/** Esc goes on: it may have been pressed once too often. */
export function stopQuestion(title: string, text: string): Dialog {
  const buttons = [
    { id: cancelled, label: 'Go on' },
    { id: confirmed, label: 'Stop after this batch' },
  ];
  return { kind: 'question', title, text, buttons, focused: 0, escape: cancelled };
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

  function ask(dialog: Dialog, signal?: AbortSignal): Promise<string> {
    return new Promise((resolve) => {
      const end = (answer: string) => {
        signal?.removeEventListener('abort', giveUp);
        close();
        resolve(answer);
      };
      const giveUp = () => end(cancelled);
      const opened = openDialog(dialog, end);
      signal?.addEventListener('abort', giveUp);
      const close = open({
        layer: opened.layer,
        state: opened,
        draw: (width, height) => createElement(DialogView, { dialog: opened, width, height }),
      });
    });
  }

  function fill(options: FormDialogOptions): Promise<FormValues | null> {
    const submit = async (values: FormValues): Promise<SaveOutcome> => {
      try {
        return await options.submit?.(values);
      } catch (error) {
        await ask(errorReport(options.title, error));
        return 'failed';
      }
    };
    return new Promise((resolve) => {
      const dialog = createFormDialog({ ...options, submit }, (values) => {
        close();
        resolve(values);
      });
      const close = open({
        layer: dialog.layer,
        state: dialog,
        draw: (width, height) => createElement(FormDialogView, { dialog, width, height }),
      });
    });
  }

  function progress(title: string, total: number | null, onStop: () => void): ProgressOverlay {
    const over = new AbortController();
    let isAsking = false;
    async function offerStop(): Promise<void> {
      if (isAsking) return;
      isAsking = true;
      const text = 'What was written stays, and the rest is left as it is.';
      if ((await ask(stopQuestion(title, text), over.signal)) === confirmed) onStop();
      isAsking = false;
    }
    const dialog = createProgressDialog(title, total, () => void offerStop());
    const close = open({
      layer: dialog.layer,
      draw: (width) => createElement(ProgressDialogView, { dialog, width }),
    });
    return {
      advance: dialog.advance,
      close() {
        over.abort();
        close();
      },
    };
  }

  return { get: store.get, subscribe: store.subscribe, open, ask, fill, progress };
}
