import { countText } from '../../core/count-text.ts';
import { defineCommands } from '../commands/command.ts';
import type { RunState } from './state.ts';

/** The ways out of what runs here, while it does. */
export const stopCommands = defineCommands<RunState, 'run.stop'>([
  {
    id: 'run.stop',
    title: 'Stop after the present batch',
    keys: ['escape', 'q', 'ctrl+c'],
    scope: 'What runs',
    hint: 'Stop',
    isHiddenInPalette: true,
    isEnabled: ({ phase, counts }) =>
      phase !== 'stopping' || `It stops after its present batch, behind ${countText(counts.read)} users.`,
  },
]);
