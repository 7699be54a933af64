import { bindCommands, defineCommands } from '../../commands/command.ts';
import type { Layer } from '../../commands/layers.ts';

export const waitingCommands = defineCommands<unknown, 'waiting.stop'>([
  {
    id: 'waiting.stop',
    title: 'Stop waiting',
    keys: ['escape', 'q', 'ctrl+c'],
    scope: 'Waiting',
    hint: 'Stop',
    isHiddenInPalette: true,
  },
]);

/** What takes the keys while an answer from elsewhere is awaited. */
export function waitingLayer(onStop: () => void): Layer {
  return {
    name: 'waiting',
    isModal: true,
    commands: bindCommands(waitingCommands, () => null, onStop),
  };
}
