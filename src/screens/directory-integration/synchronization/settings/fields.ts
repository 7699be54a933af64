import type { SyncSettings } from '../../../../core/sync/sync-settings.ts';
import type { FieldSpec, FormValues } from '../../../widgets/form/field.ts';

export const syncSettingFields: readonly (FieldSpec & { readonly id: keyof SyncSettings })[] = [
  {
    kind: 'toggle',
    id: 'enabled',
    label: 'Synchronize by itself',
    help: 'Done by the service, which "mfa-console serve" is.',
  },
  {
    kind: 'number',
    id: 'intervalMinutes',
    label: 'Every',
    least: 1,
    most: 1440,
    unit: 'minutes',
    isRequired: true,
    help: 'From the start of one run to the start of the next.',
  },
  {
    kind: 'toggle',
    id: 'alwaysFull',
    label: 'Always read everybody',
    help: 'Else only what changed, wherever the directory tells that.',
  },
  {
    kind: 'number',
    id: 'fullEveryHours',
    label: 'Everybody at least every',
    least: 1,
    most: 720,
    unit: 'hours',
    isRequired: true,
    help: 'Some directories do not tell who was deleted: only reading everybody shows it.',
    isShown: ({ alwaysFull }) => alwaysFull !== true,
  },
  {
    kind: 'toggle',
    id: 'removeDeleted',
    label: 'Remove deleted users',
    help: 'Who was deleted in the directory is removed here, whatever the item says of leavers.',
  },
  {
    kind: 'number',
    id: 'approvalCount',
    label: 'Approval above',
    least: 1,
    most: 999,
    unit: 'users',
    isRequired: true,
    help: 'When more would be disabled, or removed, a run leaves them and waits for approval.',
  },
  {
    kind: 'number',
    id: 'approvalPercent',
    label: 'Or above',
    least: 1,
    most: 100,
    unit: '% of the users of all items',
    isRequired: true,
    help: 'Counts from 100 users up.',
  },
];

export function valuesOfSettings(settings: SyncSettings): FormValues {
  return Object.fromEntries(
    syncSettingFields.map(({ id, kind }) => [id, kind === 'toggle' ? settings[id] : String(settings[id])]),
  ) as FormValues;
}

/** What is another in the form than it was, as the settings take it. */
export function settingAssignments(values: FormValues, before: FormValues): ReadonlyMap<string, string> {
  return new Map(
    syncSettingFields
      .filter(({ id }) => values[id] !== before[id])
      .map(({ id }) => [id, String(values[id]).trim()]),
  );
}
