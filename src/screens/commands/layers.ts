import { createStore, type Store } from '../store.ts';
import { escapeAndKey, type InputEvent } from '../terminal/input-event.ts';
import type { BoundCommand } from './command.ts';

/** What takes keys: a dialog over a screen over the shell. */
export interface Layer {
  /** For debugging and tests. */
  readonly name: string;
  /** A dialog: keys that it does not know end here. */
  readonly isModal?: boolean;
  readonly commands: readonly BoundCommand[];
  /** Text fields take keys before commands do; true when the event was used. */
  capture?(event: InputEvent): boolean;
  /** Whether a text field would take this key now: hints, help and palette must not promise it to a command. */
  takes?(chord: string): boolean;
  /** Hints for keys that `capture` uses, before those of the commands. */
  hints?(): readonly Hint[];
}

/** A key and a word for the line of hints. */
export interface Hint {
  readonly key: string;
  readonly title: string;
}

/** What became of a key. */
export type Outcome =
  | { readonly kind: 'captured' }
  | { readonly kind: 'ran'; readonly id: string }
  | { readonly kind: 'disabled'; readonly id: string; readonly reason: string }
  | { readonly kind: 'unused' };

/** The layers from the lowest to the highest, changed at once, so that the next key of a packet meets them. */
export interface LayerStack extends Pick<Store<readonly Layer[]>, 'get' | 'subscribe'> {
  /** Puts a layer on top; returns what takes it away again, wherever it is by then. */
  push(layer: Layer): () => void;
  /** @param later takes the key that a link has joined with Esc, for those who want to handle it by itself */
  handle(event: InputEvent, later?: (key: InputEvent) => void): Outcome;
}

export function createLayerStack(lowest: readonly Layer[] = []): LayerStack {
  const layers = createStore<readonly Layer[]>(lowest);
  return {
    get: layers.get,
    subscribe: layers.subscribe,
    push(layer) {
      layers.set([...layers.get(), layer]);
      return () => layers.set(layers.get().filter((other) => other !== layer));
    },
    handle(event, later) {
      const outcome = handleInput(layers.get(), event);
      const parts = outcome.kind === 'unused' ? escapeAndKey(event) : null;
      if (parts === null) return outcome;
      // The first may have taken layers away, so that the second meets others.
      const first = handleInput(layers.get(), parts[0]);
      if (later === undefined) return handleInput(layers.get(), parts[1]);
      later(parts[1]);
      return first;
    },
  };
}

/** Offers an event to the layers from the top down; the first that knows it uses it up. */
export function handleInput(layers: readonly Layer[], event: InputEvent): Outcome {
  for (const layer of reachableLayers(layers)) {
    if (layer.capture?.(event)) return { kind: 'captured' };
    const bound = event.type === 'key' ? findByChord(layer.commands, event.chord) : undefined;
    if (bound !== undefined) return runCommand(bound);
  }
  return { kind: 'unused' };
}

/** Runs a command if it can be done now. */
export function runCommand(bound: BoundCommand): Outcome {
  const { id } = bound.command;
  const state = bound.isEnabled();
  if (state !== true) return { kind: 'disabled', id, reason: state };
  bound.run();
  return { kind: 'ran', id };
}

function findByChord(commands: readonly BoundCommand[], chord: string): BoundCommand | undefined {
  return commands.find(({ command }) => command.keys.includes(chord));
}

/** A command that can be reached now, with the keys that no higher layer has taken. */
export interface ReachableCommand extends BoundCommand {
  readonly keys: readonly string[];
}

/** The commands of all layers that get keys now, from the top down. */
export function reachableCommands(layers: readonly Layer[]): readonly ReachableCommand[] {
  const taken = new Set<string>();
  const fields: Layer[] = [];
  const isFree = (key: string) => !taken.has(key) && !fields.some((layer) => layer.takes?.(key));
  const reachable: ReachableCommand[] = [];
  for (const layer of reachableLayers(layers)) {
    fields.push(layer);
    for (const bound of layer.commands) {
      const keys = bound.command.keys.filter(isFree);
      if (keys.length > 0 || bound.command.keys.length === 0) reachable.push({ ...bound, keys });
      for (const key of keys) taken.add(key);
    }
  }
  return reachable;
}

/** The layers that get keys now, from the top down. */
export function reachableLayers(layers: readonly Layer[]): readonly Layer[] {
  const modal = layers.findLastIndex(({ isModal }) => isModal === true);
  return layers.slice(Math.max(0, modal)).toReversed();
}
