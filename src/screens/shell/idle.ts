/** Ends a console that nobody uses. */
export interface IdleEnd {
  /** Somebody is there. */
  touch(): void;
  /** After so many minutes from now on; 0: never. */
  setMinutes(minutes: number): void;
  stop(): void;
}

export interface IdleEndOptions {
  readonly minutes: number;
  /** The time of the day, so that a machine that slept counts as idle. */
  now(): Date;
  /** Something is being done that must come to its end first. */
  isBusy(): boolean;
  /** Called once, a minute before the end. */
  onWarning(): void;
  onEnd(minutes: number): void;
  /** How often the time is looked at, in milliseconds. */
  readonly everyMs: number;
}

const minuteMs = 60_000;

export function endWhenIdle(options: IdleEndOptions): IdleEnd {
  const { now, isBusy, onWarning, onEnd, everyMs } = options;
  let { minutes } = options;
  let touchedAt = now().getTime();
  let isWarned = false;
  const timer = setInterval(look, everyMs);
  timer.unref();

  function look(): void {
    if (minutes === 0) return;
    const left = touchedAt + minutes * minuteMs - now().getTime();
    if (left <= 0 && !isBusy()) {
      clearInterval(timer);
      onEnd(minutes);
    } else if (left <= minuteMs && minutes > 1 && !isWarned) {
      isWarned = true;
      onWarning();
    }
  }

  function touch(): void {
    touchedAt = now().getTime();
    isWarned = false;
  }

  return {
    touch,
    setMinutes(wished) {
      minutes = wished;
      touch();
    },
    stop: () => clearInterval(timer),
  };
}
