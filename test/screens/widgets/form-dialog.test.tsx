import { describe, expect, test } from 'vitest';
import { handleInput } from '../../../src/screens/commands/layers.ts';
import { KeyDecoder } from '../../../src/screens/terminal/key-decoder.ts';
import { openDialog } from '../../../src/screens/widgets/dialog/dialog.ts';
import { reportDialog } from '../../../src/screens/widgets/dialog/state.ts';
import type { FormValues } from '../../../src/screens/widgets/form/field.ts';
import {
  createFormDialog,
  type FormDialogOptions,
} from '../../../src/screens/widgets/form-dialog/form-dialog.ts';
import { FormDialogView } from '../../../src/screens/widgets/form-dialog/form-dialog-view.tsx';
import { renderFrame } from '../helpers/render-frame.tsx';

const options: FormDialogOptions = {
  title: 'Block',
  text: 'Every authentication is refused.',
  fields: [
    { kind: 'text', id: 'reason', label: 'Reason', isRequired: true },
    { kind: 'number', id: 'days', label: 'For', unit: 'days', least: 1, most: 90 },
  ],
  values: { reason: '', days: '7' },
  label: 'Block',
};

function open(more: Partial<FormDialogOptions> = {}) {
  const answers: (FormValues | null)[] = [];
  const dialog = createFormDialog({ ...options, ...more }, (values) => answers.push(values));
  const press = async (bytes: string) => {
    const decoder = new KeyDecoder();
    for (const event of [...decoder.push(Buffer.from(bytes)), ...decoder.flush()]) {
      handleInput([dialog.layer], event);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { dialog, answers, press };
}

describe('a dialog with fields', () => {
  test('is done on its button, not on Enter in a field', async () => {
    const { dialog, answers, press } = open();
    await press('stolen\r\r');
    expect(answers).toEqual([]);
    expect(dialog.focusedButton()).toBe('submit');
    await press('\r');
    expect(answers).toEqual([{ reason: 'stolen', days: '7' }]);
  });

  test('goes round through fields and buttons', async () => {
    const { dialog, press } = open();
    const places: string[] = [];
    for (let step = 0; step < 4; step++) {
      places.push(dialog.focusedButton() ?? dialog.form.get().focus);
      await press('\t');
    }
    expect(places).toEqual(['reason', 'days', 'submit', 'cancel']);
    await press('\x1b[Z');
    expect(dialog.focusedButton()).toBe('cancel');
    await press('\x1b[Z\x1b[Z');
    expect(dialog.form.get().focus).toBe('days');
  });

  test('goes back to the field that is wrong', async () => {
    const { dialog, answers, press } = open();
    await press('\t\x15999\t\r');
    expect(answers).toEqual([]);
    expect(dialog.focusedButton()).toBeNull();
    expect(dialog.form.get()).toMatchObject({
      focus: 'reason',
      problems: { reason: 'Reason is needed.', days: 'Type a whole number from 1 to 90.' },
    });
  });

  test.each([
    ['Esc', '\x1b'],
    ['Ctrl+C', '\x03'],
    ['its button', '\t\t\x1b[C\r'],
  ])('is cancelled with %s', async (_, keys) => {
    const { answers, press } = open();
    await press(keys);
    expect(answers).toEqual([null]);
  });

  test('stays open while what it does fails, and closes once', async () => {
    let problem: Record<string, string> | undefined = { reason: 'Reason is too short.' };
    const { dialog, answers, press } = open({ submit: async () => problem });
    await press('x\x13');
    expect(dialog.form.get().problems).toEqual(problem);
    problem = undefined;
    await press('\x13\x13');
    expect(answers).toHaveLength(1);
  });

  test('fits into little room, with the field that has the focus', async () => {
    const fields = Array.from({ length: 30 }, (_, index) => ({
      kind: 'text' as const,
      id: `f${index}`,
      label: `Field ${index}`,
    }));
    const values = Object.fromEntries(fields.map(({ id }) => [id, '']));
    const { dialog, press } = open({ fields, values });
    await press('\t'.repeat(20));
    const frame = renderFrame(<FormDialogView dialog={dialog} width={74} height={16} />);
    const lines = (await frame.text()).split('\n');
    frame.close();
    expect(lines.length).toBeLessThanOrEqual(16);
    expect(lines.join('\n')).toMatch(/> {2}Field 20/);
    expect(lines.at(-1)).toMatch(/^└─+┘$/);
  });
});

test('lines that are shown once close with Enter and Esc alone, and scroll', () => {
  const answers: string[] = [];
  const lines = Array.from({ length: 30 }, (_, index) => `PIN ${index}`);
  const dialog = openDialog(reportDialog('PINs', 'Note them.', lines), (answer) => answers.push(answer));
  const press = (bytes: string) => {
    const decoder = new KeyDecoder();
    for (const event of [...decoder.push(Buffer.from(bytes)), ...decoder.flush()]) {
      handleInput([dialog.layer], event);
    }
  };
  dialog.scroll.dispatch({ type: 'measured', lines: 30, height: 12 });
  press('xyz\x1b[6~\x1b[B');
  expect(answers).toEqual([]);
  expect(dialog.scroll.get().top).toBe(11);
  press('\x1b[5~\x1b[5~\x1b[5~');
  expect(dialog.scroll.get().top).toBe(0);
  press('\r');
  expect(answers).toHaveLength(1);
});
