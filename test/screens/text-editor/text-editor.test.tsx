import { describe, expect, test } from 'vitest';
import { openTextEditor, type TextEditorOptions } from '../../../src/screens/text-editor/screen.tsx';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { openConsole } from '../helpers/console.tsx';

const save = '\x13';
const right = '\x1b[C';

/** An editor that does not take a text with `bad` in it. */
async function openEditor(more: Partial<TextEditorOptions> = {}) {
  const taken: string[] = [];
  const console = await openConsole(temporaryCore());
  const options: TextEditorOptions = {
    title: 'Some text',
    text: 'first line\nsecond line',
    longest: 1000,
    check(text) {
      const line = text.split('\n').findIndex((one) => one.includes('bad'));
      return line === -1 ? null : { message: 'There is something bad.', line: line + 1 };
    },
    below: (text) => [`It has ${text.length} characters.`],
    save(text) {
      taken.push(text);
      return true;
    },
    ...more,
  };
  console.shell.context.open(openTextEditor(console.shell.context, options));
  await console.shows('Status > Some text');
  return { console, taken };
}

describe('the editor of a text', () => {
  test('takes several lines over, and goes back', async () => {
    const { console, taken } = await openEditor();
    expect(await console.shows('Some text')).toContain('Type to edit');
    console.press('new: \r');
    expect(await console.shows('It has 28 characters.')).toContain('Ctrl+S Take over');
    console.press(save);
    await console.showsNoMore('Some text');
    expect(taken).toEqual(['new: \nfirst line\nsecond line']);
  });

  test('shows the line where something is wrong, and does not take that over', async () => {
    const { console, taken } = await openEditor();
    console.press('\x1b[B\x05 is bad');
    expect(await console.shows('! There is something bad.')).toMatch(/^!2 second line is bad/m);
    console.press(save);
    await console.shows('The text cannot be taken over like this.');
    expect(taken).toEqual([]);
  });

  test('asks about changes, and keeps or drops them', async () => {
    const { console, taken } = await openEditor();
    console.press('x\x1b');
    await console.shows('The text has changes that are not saved.');
    console.press('\x1b');
    await console.shows('xfirst line');
    console.press('\x1b');
    await console.shows('Unsaved changes');
    console.press(`${right}\r`);
    await console.showsNoMore('Some text');
    expect(taken).toEqual([]);
  });

  test('takes its changes back and makes them again', async () => {
    const { console } = await openEditor();
    console.press('x');
    await console.shows('xfirst line');
    console.press('\x1a');
    await console.showsNoMore('xfirst');
    console.press('\x19');
    await console.shows('xfirst line');
  });

  test('stays when what it belongs to does not take the text', async () => {
    const { console } = await openEditor({ save: () => false });
    console.press(`x${save}`);
    await console.shows('xfirst line');
    console.press('y');
    await console.shows('xyfirst line');
  });
});
