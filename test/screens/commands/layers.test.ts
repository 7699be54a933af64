import { describe, expect, test } from 'vitest';
import { bindCommands, type Command, defineCommands } from '../../../src/screens/commands/command.ts';
import { helpOf, hintsOf, keysDocument, paletteOf } from '../../../src/screens/commands/generated-help.ts';
import { createLayerStack, type Layer } from '../../../src/screens/commands/layers.ts';
import type { InputEvent } from '../../../src/screens/terminal/input-event.ts';
import { KeyDecoder } from '../../../src/screens/terminal/key-decoder.ts';

const ran: string[] = [];

function layer(name: string, commands: readonly Command<unknown>[], more: Partial<Layer> = {}): Layer {
  const bound = bindCommands(
    commands,
    () => null,
    (id) => ran.push(id),
  );
  return { name, commands: bound, ...more };
}

function keys(text: string): readonly InputEvent[] {
  return new KeyDecoder().push(Buffer.from(text));
}

const quit = { id: 'shell.quit', title: 'Quit', keys: ['q', 'ctrl+c'], scope: 'Everywhere', hint: 'Quit' };
const edit = { id: 'users.edit', title: 'Edit user', keys: ['e'], scope: 'Users', hint: 'Edit' };
const remove = {
  id: 'users.remove',
  title: 'Remove user',
  keys: ['-'],
  scope: 'Users',
  hint: 'Remove',
  isEnabled: () => 'The console is read-only.',
};
const closeDialog = { id: 'dialog.close', title: 'Close', keys: ['q', 'escape'], scope: 'Dialogs' };

describe('layers', () => {
  test('use a key up from the top down', () => {
    const stack = createLayerStack([layer('shell', [quit]), layer('users', [edit])]);
    expect(keys('eqz').map((key) => stack.handle(key))).toEqual([
      { kind: 'ran', id: 'users.edit' },
      { kind: 'ran', id: 'shell.quit' },
      { kind: 'unused' },
    ]);
  });

  test('say why a command cannot be done', () => {
    const stack = createLayerStack([layer('users', [remove])]);
    const outcome = { kind: 'disabled', id: 'users.remove', reason: 'The console is read-only.' };
    expect(keys('-').map((key) => stack.handle(key))).toEqual([outcome]);
  });

  test('keep keys of a dialog from what is below', () => {
    const stack = createLayerStack([layer('users', [edit, quit])]);
    const close = stack.push(layer('dialog', [closeDialog], { isModal: true }));
    expect(keys('eq').map((key) => stack.handle(key))).toEqual([
      { kind: 'unused' },
      { kind: 'ran', id: 'dialog.close' },
    ]);
    close();
    expect(keys('e').map((key) => stack.handle(key))).toEqual([{ kind: 'ran', id: 'users.edit' }]);
  });

  test('give a text field its letters before commands', () => {
    let typed = '';
    const capture = (event: InputEvent) => {
      typed += event.text;
      return event.text !== '';
    };
    const stack = createLayerStack([layer('users', [edit, quit], { capture })]);
    expect(keys('e\x03').map((key) => stack.handle(key))).toEqual([
      { kind: 'captured' },
      { kind: 'ran', id: 'shell.quit' },
    ]);
    expect(typed).toBe('e');
  });

  test('read Alt with a key as Escape and the key where nothing else is bound to it', () => {
    const stack = createLayerStack([layer('users', [edit])]);
    const close = stack.push({
      name: 'dialog',
      isModal: true,
      commands: bindCommands(
        [closeDialog],
        () => null,
        () => close(),
      ),
    });
    expect(keys('\x1be').map((key) => stack.handle(key))).toEqual([{ kind: 'ran', id: 'users.edit' }]);
    expect(keys('\x1b[1;3A').map((key) => stack.handle(key))).toEqual([{ kind: 'unused' }]);
  });
});

describe('what is generated from the table', () => {
  const layers = [layer('shell', [quit]), layer('users', [edit, remove])];

  test('hints show what works, the screen first', () => {
    expect(hintsOf(layers)).toEqual([
      { key: 'e', title: 'Edit' },
      { key: 'q', title: 'Quit' },
    ]);
  });

  test('help shows the reason of what does not', () => {
    expect(helpOf(layers).map(({ keys: shown, reason }) => [shown, reason])).toEqual([
      ['e', null],
      ['-', 'The console is read-only.'],
      ['q Ctrl+C', null],
    ]);
  });

  test('a key that a higher layer took is not shown below', () => {
    const some = [...layers, layer('dialog', [{ ...closeDialog, keys: ['q'] }])];
    expect(helpOf(some).find(({ id }) => id === 'shell.quit')?.keys).toBe('Ctrl+C');
  });

  test('the palette lists commands without keys and leaves out what only moves', () => {
    const hidden = { ...edit, id: 'users.down', keys: ['j'], isHiddenInPalette: true };
    const keyless = { ...edit, id: 'users.export', title: 'Export', keys: [] };
    expect(paletteOf([layer('users', [hidden, keyless])]).map(({ id }) => id)).toEqual(['users.export']);
  });

  test('the keys document has a table for each scope', () => {
    expect(keysDocument([[edit, remove], [quit]])).toBe(`# Keys

## Users

| keys | what they do |
|---|---|
| \`e\` | Edit user |
| \`-\` | Remove user |

## Everywhere

| keys | what they do |
|---|---|
| \`q\` \`Ctrl+C\` | Quit |
`);
  });

  test('a key that two commands of a table claim is refused', () => {
    expect(() => defineCommands([edit, { ...remove, keys: ['e'] }])).toThrow(
      'Both users.edit and users.remove are bound to e.',
    );
  });
});
