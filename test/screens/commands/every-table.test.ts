import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/screens/commands/command.ts';
import { backCommands, quitCommands, shellCommands } from '../../../src/screens/shell/shell-keys.ts';
import { statusCommands } from '../../../src/screens/status/keys.ts';
import { dialogCommands } from '../../../src/screens/widgets/dialog/keys.ts';
import { fieldCommands, formCommands } from '../../../src/screens/widgets/form/keys.ts';
import { helpCommands } from '../../../src/screens/widgets/help/help.ts';
import { paletteCommands } from '../../../src/screens/widgets/palette/keys.ts';
import { tableCommands } from '../../../src/screens/widgets/table/keys.ts';
import { tabsCommands } from '../../../src/screens/widgets/tabs/keys.ts';
import { textInputCommands } from '../../../src/screens/widgets/text-input/keys.ts';
import { treeCommands } from '../../../src/screens/widgets/tree/keys.ts';

const all = [
  shellCommands,
  backCommands,
  quitCommands,
  statusCommands,
  dialogCommands,
  fieldCommands,
  formCommands,
  helpCommands,
  paletteCommands,
  tableCommands,
  tabsCommands,
  textInputCommands,
  treeCommands,
].flat() as readonly Command<never>[];

/** Keys that some terminals cannot send, or send as something else. */
const unreliable = /^f\d+$|alt\+|insert|ctrl\+(\d|up|down|left|right|enter|space|shift)|shift\+(?!tab)/;

describe('the tables of the widgets', () => {
  test('have unique ids', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  test.each(all.map((command) => [command.id, command] as const))(
    '%s is reached by a key of every terminal',
    (_, command) => {
      const isForConvenience = command.scope === 'Text fields' && command.id.includes('word');
      if (isForConvenience) return;
      expect(command.keys.filter((key) => !unreliable.test(key))).not.toEqual([]);
    },
  );
});
