import { type FieldSpec, type FormValues, optionsOf, shownFields } from '../widgets/form/field.ts';

/**
 * One line for each field that either side has changed.
 * @param loaded what both began with
 * @param stored what is stored now
 * @param yours what is in the form
 */
export function compareLines(
  fields: readonly FieldSpec[],
  loaded: FormValues,
  stored: FormValues,
  yours: FormValues,
): readonly string[] {
  const shown = shownFields({ fields, values: { ...stored, ...yours } });
  return shown.flatMap((field) => {
    const { id, label } = field;
    const isTheirs = (stored[id] ?? '') !== (loaded[id] ?? '');
    const isYours = (yours[id] ?? '') !== (loaded[id] ?? '');
    if (!isTheirs && !isYours) return [];
    const theirs = `${isTheirs ? 'theirs' : 'stored'} ${fieldText(field, stored)}`;
    return [`${label}: ${theirs}${isYours ? `, yours ${fieldText(field, yours)}` : ''}`];
  });
}

/** A value as the form shows it; a password never is. */
export function fieldText(field: FieldSpec, values: FormValues): string {
  const value = values[field.id] ?? '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (field.kind === 'choice') {
    return optionsOf(field, values).find(({ id }) => id === value)?.label ?? (value || '-');
  }
  if (value === '') return '-';
  if (field.kind === 'lines') return value.replaceAll('\n', ' / ');
  return field.kind === 'password' ? 'a new one' : value;
}
