import * as z from 'zod';

/**
 * How changes are read:
 * - `dirSync`: the control of Active Directory that keeps account of what it told (MS-ADTS 3.1.1.3.4.1.3);
 * - `usn`: the numbers that one domain controller gives to its own changes;
 * - `timestamp`: the times of the last change of entries, which say nothing of deleted ones.
 */
export const changeKinds = ['dirSync', 'usn', 'timestamp'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Up to where a directory was read: plain JSON, to be stored in one transaction with what was read. */
export const changeCursorSchema = z.object({
  kind: z.enum(changeKinds),
  /** The address of the server that it was taken from. */
  server: z.string(),
  /** What the server calls itself (`dsServiceName` in AD, else its address): numbers of another mean something else. */
  controller: z.string(),
  /** The copy of the database that the controller had; a restored one has another. Null outside of AD. */
  invocationId: z.string().nullable(),
  /** The highest number that the controller had given to a change; null outside of AD. */
  usn: z.string().nullable(),
  /** A digest of what was read: base DN, filters, attributes. */
  scope: z.string(),
  /** DirSync's cookie in base64, a USN, or a time as the directory writes it. */
  position: z.string(),
  /** No change may still come to light that is as old as the position; only for times. */
  isSettled: z.boolean().optional(),
  /** When the position was reached, by the clock of this machine. */
  takenAt: z.iso.datetime(),
});
export type ChangeCursor = z.infer<typeof changeCursorSchema>;

/** A way to read changes, and why it was chosen. */
export interface ChangeWay {
  readonly kind: ChangeKind;
  /** A sentence for administrators. */
  readonly reason: string;
  /** False when only a full run notices that somebody was deleted. */
  readonly seesDeletions: boolean;
}

/** Why changes alone would not tell the truth. */
export const fullRunReasons = [
  'noCursor',
  'otherKind',
  'otherServer',
  'restoredServer',
  'expired',
  'scopeChanged',
  'containerMoved',
  'membershipFilter',
  'tooMany',
  'unavailable',
] as const;
export type FullRunReason = (typeof fullRunReasons)[number];

/** Everything has to be read. */
export interface FullRunNeeded {
  readonly isFullRunNeeded: true;
  readonly because: FullRunReason;
  /** The same as a sentence for administrators. */
  readonly sentence: string;
  /** How changes can be read from now on; null when they cannot. */
  readonly way: ChangeWay | null;
  /**
   * Where reading changes can begin after the full run: taken before its listings, which must come from the same
   * server (`next.server`), because another may not know yet what the cursor leaves out.
   */
  readonly next: ChangeCursor | null;
}

/** A group whose members are selected. */
export interface WatchedGroup {
  readonly directoryId: string;
  /** Members of groups in the group, too. */
  readonly isRecursive: boolean;
}
