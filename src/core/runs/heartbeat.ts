import { isMfaError } from '../errors.ts';

const intervalMs = 5_000;

/**
 * Calls `beat` every 5 seconds until the timer is cleared; the timer does not keep the process alive. A beat
 * that finds the database busy or the disk full is left out: the next one comes soon, and the work that it is for meets
 * the same error.
 */
export function beatRegularly(beat: () => void): NodeJS.Timeout {
  return setInterval(() => {
    try {
      beat();
    } catch (error) {
      if (!isMfaError(error, 'store.busy') && !isMfaError(error, 'store.full')) throw error;
    }
  }, intervalMs).unref();
}
