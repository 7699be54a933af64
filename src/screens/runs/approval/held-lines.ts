import type { Takeaway } from '../../../core/sync/guard.ts';
import type { HeldChange } from '../../../core/sync/held-list.ts';
import { notFoundBy } from '../../../core/sync/leavers.ts';
import { exactMomentText, momentText } from '../../text/moment-text.ts';
import { type ReportDialog, reportDialog } from '../../widgets/dialog/state.ts';
import type { TableColumn } from '../../widgets/table/columns.ts';

const acts: Readonly<Record<Takeaway, string>> = { disabled: 'disable', removed: 'remove' };

/** The changes that a run holds; their list has no order but that of its log. */
export function heldColumns(now: () => Date): readonly TableColumn<HeldChange>[] {
  return [
    { id: 'username', title: 'Username', minWidth: 18, flex: 2, value: ({ username }) => username },
    { id: 'act', title: 'What', minWidth: 7, value: ({ takeaway }) => acts[takeaway] },
    {
      id: 'lastSeen',
      title: 'Last seen',
      minWidth: 16,
      value: ({ lastSeenAt }) => (lastSeenAt === null ? '-' : momentText(lastSeenAt, now())),
    },
    { id: 'item', title: 'Item', minWidth: 16, flex: 1, priority: 1, value: ({ item }) => item ?? '-' },
    { id: 'reason', title: 'Why', minWidth: 22, flex: 4, value: whyText },
  ];
}

/** What differs from one to the next comes first, because there is little room: "not found by OU=Sales; 46 users ..." */
function whyText({ reason, item }: HeldChange): string {
  const long = notFoundBy(item ?? '');
  return reason.startsWith(long) ? `not found by ${item}${reason.slice(long.length)}` : reason;
}

/** All that is known of one of them. */
export function heldReport({
  username,
  takeaway,
  reason,
  item,
  noticedAt,
  lastSeenAt,
}: HeldChange): ReportDialog {
  const seen =
    lastSeenAt === null
      ? 'Nobody knows when synchronization found this user as before.'
      : `Found as before for the last time by the run of ${exactMomentText(lastSeenAt)}.`;
  return reportDialog(username, `Approved, this would ${acts[takeaway]} ${username}: ${reason}.`, [
    `Item: ${item ?? 'none any more'}`,
    seen,
    `Noticed at ${exactMomentText(noticedAt)}.`,
  ]);
}
