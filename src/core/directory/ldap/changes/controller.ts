import { formatGuid } from '../../directory-id.ts';
import { type RootDse, valuesOf } from '../root-dse.ts';
import type { LdapSession } from '../session.ts';

const dayMs = 86_400_000;
/** What Active Directory keeps deleted objects for where nothing is set (MS-ADTS 6.1.1.2.4.1.1). */
const shortestTombstoneDays = 60;

/** The server by which a cursor was made. */
export interface Controller {
  /** What it calls itself; its address where it has no such name. */
  readonly name: string;
  /** The copy of its database; null outside of AD, and where the account may not read it. */
  readonly invocationId: string | null;
  readonly usn: string | null;
  /** How long it remembers deleted objects. */
  readonly remembersMs: number;
}

/** @throws {MfaError} `directory.*` */
export async function readController(
  session: LdapSession,
  rootDse: RootDse,
  signal: AbortSignal | undefined,
): Promise<Controller> {
  const { dsServiceName, configurationNamingContext, highestCommittedUsn: usn } = rootDse;
  if (dsServiceName === null) {
    return { name: session.url, invocationId: null, usn: null, remembersMs: shortestTombstoneDays * dayMs };
  }
  const itself = await session.read(dsServiceName, ['invocationId'], {
    binaryAttributes: ['invocationId'],
    signal,
  });
  const bytes = itself?.invocationId;
  const service = await session.read(
    `CN=Directory Service,CN=Windows NT,CN=Services,${configurationNamingContext}`,
    ['tombstoneLifetime'],
    { signal },
  );
  const days = Number(service === null ? NaN : valuesOf(service, 'tombstoneLifetime')[0]);
  return {
    name: dsServiceName,
    invocationId: Buffer.isBuffer(bytes) ? formatGuid(bytes) : null,
    usn,
    remembersMs: (days > 1 ? days : shortestTombstoneDays) * dayMs,
  };
}

/**
 * Whether a time that was noted here is so long ago that the server may have forgotten what it deleted since; also
 * when it lies in the future, because then the clock of this machine says nothing.
 */
export function isForgotten(takenAt: string, now: Date, remembersMs: number): boolean {
  const age = now.getTime() - Date.parse(takenAt);
  return age > remembersMs - dayMs || age < -dayMs;
}
