/** Notices that another process has changed the data. */
export interface DataChanges {
  /** Looks now, and not only the next time. */
  look(): void;
  stop(): void;
}

/**
 * Asks now and then whether the data has another version, which costs SQLite next to nothing.
 * @param onChange called once for each change that is noticed
 */
export function watchData(version: () => number, onChange: () => void, everyMs = 1000): DataChanges {
  let last = version();

  function look(): void {
    const now = version();
    if (now === last) return;
    last = now;
    onChange();
  }

  const timer = setInterval(look, everyMs);
  timer.unref();
  return { look, stop: () => clearInterval(timer) };
}
