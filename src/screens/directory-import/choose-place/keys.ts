import { defineCommands } from '../../commands/command.ts';
import type { Whom } from '../whom.ts';

export type ChoosePlaceCommandId = 'choosePlace.choose';

export const choosePlaceCommands = defineCommands<{ readonly whom: Whom | null }, ChoosePlaceCommandId>([
  {
    id: 'choosePlace.choose',
    title: 'Take this place',
    keys: ['enter'],
    scope: 'Choosing a place of the directory',
    hint: 'Take it',
    isEnabled: ({ whom }) => whom !== null || 'No place is chosen yet.',
  },
]);
