import { type Command, defineCommands } from '../commands/command.ts';
import type { Section } from './section.ts';

export type ShellCommandId =
  | 'shell.refresh'
  | 'shell.palette'
  | 'shell.help'
  | 'shell.redraw'
  | 'shell.rail'
  | 'shell.preferences';

const scope = 'Everywhere';

/** What works everywhere, below every screen. */
export const shellCommands = defineCommands<unknown, ShellCommandId>([
  { id: 'shell.refresh', title: 'Read again what is shown', keys: ['r'], scope },
  { id: 'shell.rail', title: 'Show or hide the list of sections', keys: ['ctrl+b'], scope },
  { id: 'shell.redraw', title: 'Draw the screen anew', keys: ['ctrl+l'], scope },
  { id: 'shell.preferences', title: 'Preferences: colours, columns, where to begin', keys: [], scope },
  {
    id: 'shell.palette',
    title: 'Find a command by name',
    keys: [':'],
    scope,
    hint: 'Command',
    isHiddenInPalette: true,
  },
  { id: 'shell.help', title: 'Help for this screen', keys: ['?'], scope, hint: 'Help' },
]);

/** The way out of a screen that lies over another one. */
export const backCommands = defineCommands<unknown, 'shell.back'>([
  { id: 'shell.back', title: 'Back', keys: ['escape', 'q', 'ctrl+c'], scope, hint: 'Back' },
]);

/** The way out of the first screen of a section. Esc never quits. */
export const quitCommands = defineCommands<unknown, 'shell.quit'>([
  { id: 'shell.quit', title: 'Quit', keys: ['q', 'ctrl+c'], scope, hint: 'Quit' },
]);

/** The sections by their digits, and all of them by name. */
export function sectionCommands(sections: readonly Section[]): readonly Command[] {
  return defineCommands(
    sections.map(({ id, title }, index) => ({
      id: `section.${id}`,
      title,
      keys: index < 9 ? [String(index + 1)] : [],
      scope: 'Sections',
    })),
  );
}
