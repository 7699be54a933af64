import { isMfaError } from '../../core/errors.ts';
import { parsePreferences, preferenceText } from '../../core/preferences/parse-preferences.ts';
import { type Preferences, preferenceKeys } from '../../core/preferences/preferences.ts';
import { sortColumns } from '../../core/users/user-list.ts';
import type { FieldSpec, FormValues } from '../widgets/form/field.ts';
import type { FormDialogOptions } from '../widgets/form-dialog/form-dialog.ts';

interface NamedSection {
  readonly id: string;
  readonly title: string;
}

/** What an administrator may prefer, as a form. @param submit saves what is new and makes it count */
export function preferencesForm(
  preferences: Preferences,
  sections: readonly NamedSection[],
  submit: (values: Preferences) => Promise<void>,
): FormDialogOptions {
  const values = Object.fromEntries(preferenceKeys.map((key) => [key, preferenceText(preferences[key])]));
  return {
    title: 'Preferences',
    text: 'For you alone. Options of the command line and the environment count more.',
    fields: fields(sections),
    values,
    label: 'Save',
    async submit(filled) {
      try {
        await submit(readForm(preferences, filled));
        return undefined;
      } catch (error) {
        if (!isMfaError(error, 'preferences.invalid')) throw error;
        return Object.fromEntries(
          Object.entries(error.fields).map(([key, problem]) => [key, `It ${problem}.`]),
        );
      }
    },
  };
}

function readForm(preferences: Preferences, filled: FormValues): Preferences {
  const texts = preferenceKeys.map((key) => [key, String(filled[key] ?? '')] as const);
  return { ...preferences, ...parsePreferences(new Map(texts)) };
}

function fields(sections: readonly NamedSection[]): readonly FieldSpec[] {
  return [
    {
      kind: 'choice',
      id: 'theme',
      label: 'Colours',
      options: [
        { id: 'standard', label: 'standard' },
        { id: 'high-contrast', label: 'high contrast' },
        { id: 'none', label: 'none' },
      ],
    },
    {
      kind: 'choice',
      id: 'ascii',
      label: 'Lines as + - |',
      options: [
        { id: 'auto', label: 'as the terminal needs' },
        { id: 'yes', label: 'yes' },
        { id: 'no', label: 'no' },
      ],
    },
    {
      kind: 'choice',
      id: 'rail',
      label: 'List of sections',
      options: [
        { id: 'auto', label: 'where there is room' },
        { id: 'shown', label: 'shown' },
        { id: 'hidden', label: 'hidden' },
      ],
    },
    {
      kind: 'choice',
      id: 'startSection',
      label: 'Begin with',
      options: [
        ...sections.map(({ id, title }) => ({ id, label: title })),
        { id: 'last', label: 'where I left' },
      ],
    },
    {
      kind: 'number',
      id: 'idleMinutes',
      label: 'End when idle',
      least: 0,
      most: 1440,
      unit: 'minutes',
      help: '0: never. What was saved stays; what was only typed is dropped.',
    },
    {
      kind: 'text',
      id: 'usersSort',
      label: 'Sort users by',
      help: 'A name of a column, with - before it for the other order.',
    },
    {
      kind: 'text',
      id: 'usersColumns',
      label: 'Columns of users',
      isWide: true,
      help: `Of ${sortColumns.join(', ')}; empty: all.`,
    },
  ];
}
