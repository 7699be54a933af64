import { defineCommands } from '../../../commands/command.ts';

export type ExplanationCommandId = 'explanation.other';

export const explanationCommands = defineCommands<unknown, ExplanationCommandId>([
  {
    id: 'explanation.other',
    title: 'Explain another user',
    keys: ['x'],
    scope: 'Explanation of a user',
    hint: 'Another user',
  },
]);
