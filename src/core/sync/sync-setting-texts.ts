import type { SyncSettings } from './sync-settings.ts';

/** What each setting does, in one sentence, for documents and exports. */
export const syncSettingTexts: Record<keyof SyncSettings, string> = {
  enabled: 'Whether the service synchronizes by itself.',
  intervalMinutes: 'Minutes from the start of one run to the start of the next.',
  alwaysFull: 'Whether everybody is read every time, even where the directory can tell what changed.',
  fullEveryHours: 'Hours after which everybody is read at the latest.',
  removeDeleted:
    'Whether users whom the directory calls deleted are removed, whatever their item says of leavers.',
  approvalCount: 'More users than this to be disabled, or to be removed, wait for approval.',
  approvalPercent: 'So does a larger part of all users of items than this, in percent, from 100 of them up.',
};
