import { plainText } from '../core/plain-text.ts';
import type { Check } from '../core/status/check.ts';
import { write } from './output.ts';

/** What a check found, and what to do about it, in lines for people. One that is well may still have something to say. */
export async function printCheck({ name, ok, message, advice }: Check, wasTried = true): Promise<void> {
  const mark = wasTried ? markOf(ok, advice) : 'skip';
  await write(`${mark}  ${plainText(`${name}: ${message}`)}\n`);
  if (advice !== null) await write(`      ${plainText(advice)}\n`);
}

function markOf(ok: boolean, advice: string | null): string {
  if (!ok) return 'FAIL';
  return advice === null ? 'ok  ' : 'note';
}
