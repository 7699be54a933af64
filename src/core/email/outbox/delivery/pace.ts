/** How far behind its schedule a pace may be and still catch up, in milliseconds. */
const slackMs = 1000;

/** Spreads mails evenly over time, so that a rate is kept also within a minute. */
export class Pace {
  #nextAt = 0;

  /** Milliseconds to wait before the next mail. */
  wait(nowMs: number): number {
    return Math.max(0, this.#nextAt - nowMs);
  }

  /** A mail begins now. */
  begin(nowMs: number, mailsPerMinute: number): void {
    const isOnTime = this.#nextAt > nowMs - slackMs;
    this.#nextAt = (isOnTime ? this.#nextAt : nowMs) + 60_000 / mailsPerMinute;
  }
}
