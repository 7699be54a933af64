import { setTimeout } from 'node:timers/promises';

/** How the core lets time pass, so that tests need not. Resolves after so many milliseconds, or when aborted. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export const systemWait: Wait = async (ms, signal) => {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
};
