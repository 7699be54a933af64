import { createSecretKey, type KeyObject } from 'node:crypto';
import type { AuditEventRow, AuditHeadRow } from '../store/tables.ts';
import type { AuditStart } from './audit-start.ts';
import { type ChainedEvent, chainHash, chainStart, erasureSeal, signHead, signStart } from './chain.ts';
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

/** Looks at the events of a log one after the other, the oldest first. */
export class ChainVerifier {
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

  constructor(key: Buffer, start: AuditStart | null, expected: ChainPoint | undefined) {
    // Made once: Node would make one of the bytes for every event, which took three quarters of the time.
    this.#key = createSecretKey(key);
    this.#expected = expected;
    this.#wasExpectedSeen = expected === undefined;
    if (start !== null) this.#begin(start);
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

  /** Where the log begins when older events were removed. */
  #begin({ sequence, hash, signature }: AuditStart): void {
    if (!signStart(this.#key, sequence, hash).equals(signature)) {
      this.#report(sequence, 'The note of removed events is not of this program: they were cut off.');
      return;
    }
    this.#last = sequence;
    this.#hashes = [hash];
    if (this.#expected === undefined || this.#expected.sequence > sequence) return;
    if (this.#expected.sequence === sequence) this.#compareExpected(this.#expected, hash);
    else {
      this.#wasExpectedSeen = true;
      this.#report(this.#expected.sequence, 'The noted head is older than the events that are kept.');
    }
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
