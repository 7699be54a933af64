import type { Run } from '../../core/runs/run.ts';

/** How often a run of another process is looked at, in milliseconds. */
export const lookMs = 500;

export interface FollowOptions {
  /** Reads it as it is now; its process may be gone, which makes it interrupted. */
  read(): Run;
  /** Told of every look, the last one with the end included. */
  onLook(run: Run): void;
  /** A look that failed; it is not looked at any more. */
  onFailure(error: unknown): void;
}

/**
 * Looks again and again at a run that goes on in another process or thread, until it has ended; one that has ended
 * already is not looked at.
 * @returns what ends it
 */
export function followRun(first: Run, { read, onLook, onFailure }: FollowOptions): () => void {
  if (first.state !== 'running') return () => {};
  const timer = setInterval(() => {
    try {
      const run = read();
      if (run.state !== 'running') clearInterval(timer);
      onLook(run);
    } catch (error) {
      clearInterval(timer);
      onFailure(error);
    }
  }, lookMs);
  timer.unref();
  return () => clearInterval(timer);
}
