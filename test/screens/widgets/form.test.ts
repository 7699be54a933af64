import { describe, expect, test } from 'vitest';
import { handleInput } from '../../../src/screens/commands/layers.ts';
import { namedKey, typedKey } from '../../../src/screens/terminal/input-event.ts';
import { lineGlyphs } from '../../../src/screens/theme/glyphs.ts';
import type { FieldSpec, FormValues } from '../../../src/screens/widgets/form/field.ts';
import { createForm, type Form, type SaveOutcome } from '../../../src/screens/widgets/form/form.ts';
import { formLines } from '../../../src/screens/widgets/form/form-lines.ts';

const isMail = ({ by }: FormValues) => by === 'mail';

const fields: readonly FieldSpec[] = [
  {
    kind: 'choice',
    id: 'by',
    label: 'By',
    options: [
      { id: 'mail', label: 'mail' },
      { id: 'hand', label: 'hand' },
    ],
    help: ({ by }) => (by === 'mail' ? 'A letter.' : ''),
  },
  { kind: 'text', id: 'to', label: 'To', isRequired: true, isShown: isMail, isWide: true },
  { kind: 'password', id: 'key', label: 'Key', placeholder: 'stored' },
];

function newForm(
  options: { save?: (values: FormValues) => Promise<SaveOutcome>; fields?: readonly FieldSpec[] } = {},
) {
  return createForm({
    fields: options.fields ?? fields,
    values: { by: 'mail', to: 'Ada', key: '' },
    save: options.save ?? (async () => undefined),
  });
}

/** Presses keys as a screen with nothing but the form would get them. */
function press(form: Form, ...keys: string[]): void {
  for (const key of keys) {
    const layer = { name: 'test', commands: form.commands, capture: form.capture };
    handleInput([layer], key.length === 1 ? typedKey(key) : namedKey(key));
  }
}

function drawn(form: Form, width = 40): string[] {
  return formLines(form.get(), width, lineGlyphs).map(({ spans }) =>
    spans
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );
}

describe('a form', () => {
  test('leaves out what a choice makes pointless, and neither checks nor saves its changes', async () => {
    const saved: FormValues[] = [];
    const form = newForm({ save: async (values) => void saved.push(values) });
    press(form, 'tab', 'ctrl+u');
    expect(await form.save()).toBe(false);
    expect(drawn(form).join('\n')).toContain('To is needed.');
    press(form, 'up', 'right');
    expect(drawn(form).map((line) => line.slice(3, 6).trim())).toEqual(['By', 'Key']);
    press(form, 'tab');
    expect(form.get().focus).toBe('key');
    expect(await form.save()).toBe(true);
    expect(saved).toHaveLength(1);
  });

  test('says what a value means, and breaks what is too long for a line', () => {
    const form = newForm({
      fields: fields.map((field) => ({ ...field, help: 'It goes over the end of the line.' })),
    });
    expect(drawn(newForm())[1]).toBe('        A letter.');
    expect(drawn(form, 26).slice(1, 3)).toEqual(['        It goes over the', '        end of the line.']);
  });

  test('shows that a password is stored without showing anything of it', () => {
    expect(drawn(newForm()).at(-1)).toContain('[stored ');
  });

  test('keeps what was typed while it was being saved as a change', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const form = newForm({ save: () => promise });
    press(form, 'tab', 'a');
    const saving = form.save();
    press(form, 'b');
    resolve(undefined);
    expect(await saving).toBe(true);
    expect(form.get()).toMatchObject({ values: { to: 'Adaab' }, initial: { to: 'Adaa' } });
    expect(form.hasChanges()).toBe(true);
  });

  test('is gone through with the keys when all of it is locked', () => {
    const form = newForm({ fields: fields.map((field) => ({ ...field, lockedBecause: '' })) });
    press(form, 'down', 'down');
    expect(form.get().focus).toBe('key');
    press(form, 'x');
    expect(form.hasChanges()).toBe(false);
  });
});
