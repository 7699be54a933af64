import { defineCommands } from '../commands/command.ts';

export type ShellCommandId = 'shell.palette' | 'shell.help' | 'shell.redraw' | 'shell.rail' | 'shell.quit';

/** What works everywhere, below every screen. */
export const shellCommands = defineCommands<unknown, ShellCommandId>([
  { id: 'shell.rail', title: 'Show or hide the list of sections', keys: ['ctrl+b'], scope: 'Everywhere' },
  { id: 'shell.redraw', title: 'Draw the screen anew', keys: ['ctrl+l'], scope: 'Everywhere' },
  {
    id: 'shell.palette',
    title: 'Find a command by name',
    keys: [':'],
    scope: 'Everywhere',
    hint: 'Command',
    isHiddenInPalette: true,
  },
  { id: 'shell.help', title: 'Help for this screen', keys: ['?'], scope: 'Everywhere', hint: 'Help' },
  {
    id: 'shell.quit',
    title: 'Back, and at the top quit',
    keys: ['q', 'ctrl+c'],
    scope: 'Everywhere',
    hint: 'Quit',
  },
]);
