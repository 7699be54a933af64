import { defineCommands } from '../../commands/command.ts';

export type PaletteCommandId = 'palette.up' | 'palette.down' | 'palette.run' | 'palette.close';

export const paletteCommands = defineCommands<unknown, PaletteCommandId>([
  {
    id: 'palette.up',
    title: 'One line up',
    keys: ['up', 'shift+tab'],
    scope: 'Command palette',
    isHiddenInPalette: true,
  },
  {
    id: 'palette.down',
    title: 'One line down',
    keys: ['down', 'tab'],
    scope: 'Command palette',
    isHiddenInPalette: true,
  },
  {
    id: 'palette.run',
    title: 'Do what is selected',
    keys: ['enter'],
    scope: 'Command palette',
    hint: 'Do it',
    isHiddenInPalette: true,
  },
  {
    id: 'palette.close',
    title: 'Close the palette',
    keys: ['escape', 'ctrl+c'],
    scope: 'Command palette',
    hint: 'Close',
    isHiddenInPalette: true,
  },
]);
