import { plainText } from '../../../plain-text.ts';
import type { ChangeCursor, ChangeWay, FullRunNeeded, FullRunReason } from '../../changes.ts';
import type { ChangeSource } from './change-reader.ts';
import { isForgotten } from './controller.ts';

type Because = readonly [FullRunReason, sentence: string];

/** Why a cursor cannot be used with this server, in the words of administrators; null when it can. */
export function whyNotFrom(
  cursor: ChangeCursor | null,
  source: ChangeSource,
  way: ChangeWay,
  scope: string,
): Because | null {
  if (cursor === null) return ['noCursor', 'Nothing was read from this directory yet.'];
  const { controller, now } = source;
  if (cursor.scope !== scope) {
    return ['scopeChanged', 'The base DN, a filter or an attribute was changed since the last run.'];
  }
  if (cursor.controller !== controller.name) {
    const [before, after] = [shortName(cursor.controller), shortName(controller.name)];
    return ['otherServer', `Another server answers now: ${after} instead of ${before}.`];
  }
  if (cursor.kind !== way.kind) {
    return ['otherKind', `Changes are to be read in another way than at the last run. ${way.reason}`];
  }
  const wentBack =
    cursor.usn !== null && controller.usn !== null && BigInt(controller.usn) < BigInt(cursor.usn);
  if (cursor.invocationId !== controller.invocationId || wentBack) {
    return ['restoredServer', `${shortName(controller.name)} was restored from a backup since the last run.`];
  }
  // Times never tell of deleted people, so that nothing of them can be forgotten.
  if (way.kind !== 'timestamp' && isForgotten(cursor.takenAt, now, controller.remembersMs)) return expired;
  return null;
}

export const expired: Because = [
  'expired',
  'The last run is so long ago that the server may have forgotten what it deleted since.',
];

export function fullRun(
  [because, sentence]: Because,
  way: ChangeWay | null,
  next: ChangeCursor | null,
): FullRunNeeded {
  return { isFullRunNeeded: true, because, sentence, way, next };
}

/** `DC1` of `CN=NTDS Settings,CN=DC1,CN=Servers,...`. */
function shortName(controller: string): string {
  return plainText(/^CN=NTDS Settings,CN=([^,]+),/i.exec(controller)?.[1] ?? controller);
}
