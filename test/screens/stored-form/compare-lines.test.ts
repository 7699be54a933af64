import { expect, test } from 'vitest';
import { compareLines, fieldText } from '../../../src/screens/stored-form/compare-lines.ts';
import type { FieldSpec } from '../../../src/screens/widgets/form/field.ts';

const fields: readonly FieldSpec[] = [
  { kind: 'text', id: 'name', label: 'Name' },
  {
    kind: 'choice',
    id: 'method',
    label: 'Method',
    options: [
      { id: '', label: 'none' },
      { id: 'app', label: 'Mobile app' },
    ],
  },
  { kind: 'toggle', id: 'isOn', label: 'On' },
  { kind: 'password', id: 'password', label: 'Password', isShown: ({ isOn }) => isOn === true },
];
const loaded = { name: '', method: '', isOn: true, password: '' };

test('a comparison names what either side has changed, and what stands where only you did', () => {
  const stored = { ...loaded, method: 'app', isOn: false };
  const yours = { ...loaded, name: 'Contoso', method: '', isOn: true, password: 'topsecret' };
  expect(compareLines(fields, loaded, stored, yours)).toEqual([
    'Name: stored -, yours Contoso',
    'Method: theirs Mobile app',
    'On: theirs no',
    'Password: stored -, yours a new one',
  ]);
});

test('fields that are not there are not compared', () => {
  const hidden = { ...loaded, isOn: false };
  expect(compareLines(fields, hidden, hidden, { ...hidden, password: 'x' })).toEqual([]);
});

test.each([
  [{ name: 'Contoso' }, 0, 'Contoso'],
  [{ name: '' }, 0, '-'],
  [{ method: 'app' }, 1, 'Mobile app'],
  [{ method: '' }, 1, 'none'],
  [{ method: 'gone' }, 1, 'gone'],
  [{ isOn: true }, 2, 'yes'],
  [{ password: 'topsecret' }, 3, 'a new one'],
])('%j is written as field %i shows it: %s', (values, index, text) => {
  const field = fields[index];
  expect(field && fieldText(field, values as Record<string, string | boolean>)).toBe(text);
});
