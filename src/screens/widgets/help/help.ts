import { bindCommands, defineCommands } from '../../commands/command.ts';
import type { HelpEntry } from '../../commands/generated-help.ts';
import type { Layer } from '../../commands/layers.ts';
import { createFactsScroll, type FactsScroll } from '../facts/facts.ts';

export const helpCommands = defineCommands<unknown, 'help.close'>([
  {
    id: 'help.close',
    title: 'Close help',
    keys: ['escape', 'q', '?', 'enter', 'ctrl+c'],
    scope: 'Help',
    hint: 'Close',
    isHiddenInPalette: true,
  },
]);

/** Help while it is open. */
export interface Help {
  readonly entries: readonly HelpEntry[];
  readonly scroll: FactsScroll;
  readonly layer: Layer;
}

export function createHelp(entries: readonly HelpEntry[], onClose: () => void): Help {
  const scroll = createFactsScroll();
  const closing = bindCommands(helpCommands, () => null, onClose);
  return {
    entries,
    scroll,
    layer: { name: 'help', isModal: true, commands: [...scroll.commands, ...closing] },
  };
}
