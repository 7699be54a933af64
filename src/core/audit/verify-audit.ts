import { createSecretKey, type KeyObject } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { MfaError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { AuditEventRow, AuditHeadRow } from '../store/tables.ts';
import { type ChainedEvent, chainHash, chainStart, erasureSeal, signHead } from './chain.ts';
import { type ChainPoint, formatChainPoint } from './chain-point.ts';
import { sealOfErased } from './erased-event.ts';

export interface AuditProblem {
  /** The first event that it concerns. */
  sequence: number;
  problem: string;
}

export interface AuditVerification {
  ok: boolean;
  /** How many events the log has. */
  events: number;
  /** How many of them were erased by this program, because they told of a person. */
  erased: number;
  /** `sequence:hash` of the last event, to be noted outside this machine; null for an empty log. */
  head: string | null;
  /** At most {@link listedProblems}. */
  problems: AuditProblem[];
}

/** More are not listed: whoever rewrote the whole log made one problem per event. */
const listedProblems = 100;

/**
 * Reads the whole log once, in one view of the data and in little memory, and finds events that were changed,
 * inserted, moved or removed, the last ones included. What it cannot see by itself is a whole database put
 * back from an older copy; that shows against a head that was noted elsewhere.
 * @param key the chain's key, of `AuditLog.key`
 * @param expected a head noted earlier; the log must still contain it
 */
export function verifyAudit(store: Store, key: Buffer, expected?: ChainPoint): AuditVerification {
  return store.snapshot(() => {
    const verifier = new ChainVerifier(key, expected);
    const rows = store.prepare<AuditEventRow>('SELECT * FROM audit_events ORDER BY sequence').iterate();
    for (const row of rows) verifier.next(row);
    return verifier.end(headOf(store), hasHistory(store));
  });
}

/** Events that are verified between two looks at what else there is to do. */
const eventsPerPart = 1000;

export interface VerifyOptions {
  /** A head noted earlier; the log must still contain it. */
  readonly expected?: ChainPoint | undefined;
  readonly signal?: AbortSignal;
  /** Called after each part. */
  onProgress?(events: number, total: number): void;
}

/**
 * As {@link verifyAudit}, part by part, so that a console answers meanwhile. Events that are written meanwhile are
 * not looked at.
 * @throws {MfaError} `run.cancelled`
 */
export async function verifyAuditInParts(
  store: Store,
  key: Buffer,
  { expected, signal, onProgress }: VerifyOptions = {},
): Promise<AuditVerification> {
  const { head, last, history } = store.snapshot(() => {
    const row = store
      .prepare<{ last: number | null }>('SELECT max(sequence) AS last FROM audit_events')
      .get();
    return { head: headOf(store), last: row?.last ?? 0, history: hasHistory(store) };
  });
  const verifier = new ChainVerifier(key, expected);
  const read = store.prepare<AuditEventRow>(
    'SELECT * FROM audit_events WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?',
  );
  let after = Number.MIN_SAFE_INTEGER;
  for (let isMore = true; isMore; ) {
    if (signal?.aborted) throw new MfaError('run.cancelled', 'The verification was stopped.');
    const rows = read.all(after, last, eventsPerPart);
    for (const row of rows) verifier.next(row);
    after = rows.at(-1)?.sequence ?? after;
    isMore = rows.length === eventsPerPart;
    onProgress?.(verifier.events, Math.max(last, verifier.events));
    await setImmediate();
  }
  return verifier.end(head, history);
}

function headOf(store: Store): AuditHeadRow | undefined {
  return store.prepare<AuditHeadRow>('SELECT * FROM audit_head WHERE id = 1').get();
}

/** Whether the database holds something that no program writes without an audit event. */
function hasHistory(store: Store): boolean {
  const row = store
    .prepare('SELECT 1 WHERE EXISTS (SELECT 1 FROM users) OR EXISTS (SELECT 1 FROM runs WHERE dry_run = 0)')
    .get();
  return row !== undefined;
}

class ChainVerifier {
  readonly #problems: AuditProblem[] = [];
  #problemCount = 0;
  #events = 0;
  #erased = 0;
  readonly #key: KeyObject;
  readonly #expected: ChainPoint | undefined;
  #last = 0;
  #wasExpectedSeen: boolean;
  /**
   * What may be the true hash of the last event: the stored one, and the computed one when that differs. So
   * an event whose text or hash was changed does not make the next one look changed, too.
   */
  #hashes: readonly Buffer[] = [chainStart];

  constructor(key: Buffer, expected: ChainPoint | undefined) {
    // Made once: Node would make one of the bytes for every event, which took three quarters of the time.
    this.#key = createSecretKey(key);
    this.#expected = expected;
    this.#wasExpectedSeen = expected === undefined;
  }

  /** How many events were looked at. */
  get events(): number {
    return this.#events;
  }

  next(row: AuditEventRow): void {
    this.#events += 1;
    if (row.sequence <= this.#last) {
      this.#report(row.sequence, 'The event was inserted before the first one.');
      return;
    }
    if (row.sequence > this.#last + 1) {
      // The hash before this event is gone, so it can only be believed; the rest is checked again.
      this.#report(this.#last + 1, `${range(this.#last + 1, row.sequence - 1)} missing.`);
      this.#hashes = [row.hash];
    } else {
      this.#checkHash(row);
    }
    this.#last = row.sequence;
    if (row.sequence === this.#expected?.sequence) this.#compareExpected(this.#expected, row.hash);
  }

  /** What was found, once all events were there. */
  end(head: AuditHeadRow | undefined, hasHistory: boolean): AuditVerification {
    if (head !== undefined) this.#checkHead(head);
    else if (this.#events > 0)
      this.#report(this.#last, 'The signed head is missing, so events may be cut off.');
    else if (hasHistory)
      this.#report(1, 'The log is empty, but the database has users or runs: it was removed.');
    if (!this.#wasExpectedSeen) {
      this.#report(
        this.#expected?.sequence ?? 0,
        `The noted head is not in the log, which ends at ${this.#last}: it was cut, or replaced by an older copy.`,
      );
    }
    return {
      ok: this.#problemCount === 0,
      events: this.#events,
      erased: this.#erased,
      head: head === undefined ? null : formatChainPoint(head),
      problems: this.#problems,
    };
  }

  #checkHash(row: AuditEventRow): void {
    if (this.#isErased(row)) {
      this.#erased += 1;
      this.#hashes = [row.hash];
      return;
    }
    const computed = this.#hashes.map((previous) => chainHash(this.#key, previous, fieldsOf(row)));
    if (computed.some((hash) => hash.equals(row.hash))) {
      this.#hashes = [row.hash];
      return;
    }
    this.#report(row.sequence, 'The event was changed, inserted or moved after it was written.');
    this.#hashes = [row.hash, ...computed];
  }

  #isErased(row: AuditEventRow): boolean {
    const seal = sealOfErased(row.details);
    if (seal === null) return false;
    return this.#hashes.some((previous) =>
      erasureSeal(this.#key, previous, fieldsOf(row), row.hash).equals(seal),
    );
  }

  #checkHead(head: AuditHeadRow): void {
    if (!signHead(this.#key, head.sequence, head.hash).equals(head.signature)) {
      this.#report(
        head.sequence,
        'The signature of the head is wrong: it was written without the master key.',
      );
    }
    if (head.sequence > this.#last) {
      this.#report(this.#last + 1, `${range(this.#last + 1, head.sequence)} cut off at the end.`);
    } else if (head.sequence < this.#last) {
      this.#report(
        head.sequence + 1,
        `${range(head.sequence + 1, this.#last)} not covered by the signed head.`,
      );
    } else if (!this.#hashes.some((hash) => hash.equals(head.hash))) {
      this.#report(head.sequence, 'The last event is not the one that the signed head names.');
    }
  }

  #compareExpected(expected: ChainPoint, hash: Buffer): void {
    this.#wasExpectedSeen = true;
    if (hash.equals(expected.hash)) return;
    this.#report(
      expected.sequence,
      'The event is not the one that was noted: the log was replaced or rewritten.',
    );
  }

  #report(sequence: number, problem: string): void {
    this.#problemCount += 1;
    if (this.#problems.length < listedProblems) this.#problems.push({ sequence, problem });
  }
}

function range(first: number, last: number): string {
  return first === last ? `Event ${first} is` : `Events ${first} to ${last} are`;
}

function fieldsOf(row: AuditEventRow): ChainedEvent {
  const { sequence, at, actor, action, target, result, reason, details } = row;
  return { sequence, at, actor, action, target, result, reason, details };
}
