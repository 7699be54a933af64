import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { PrivateFile } from '../../core/private-file.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { confirmation, confirmed } from '../widgets/dialog/state.ts';

/** What is written to a file. */
export interface Export {
  /** Absolute. */
  readonly path: string;
  /** The text, part by part. */
  readonly parts: Iterable<string>;
  /** How many things it has altogether, and how many one part has, for the bar. */
  readonly total: number;
  readonly perPart: number;
}

/**
 * Writes parts of a text to a file that only this account may read, with a bar where it takes longer, and says what
 * became of it. A file that is there already is replaced only when that was confirmed.
 */
export async function writeExport(context: ScreenContext, what: Export): Promise<void> {
  const { overlays, status } = context;
  const question = confirmation('Export', `${what.path} exists. Replace it?`, 'Replace');
  if (existsSync(what.path) && (await overlays.ask(question)) !== confirmed) return;
  const isWritten = await context.work('Export', (signal) => writeParts(context, what, signal));
  if (isWritten === undefined) return;
  if (isWritten) status.say(`Exported to ${what.path}.`, 'ok');
  else status.say('The export was stopped; nothing was written.', 'warning');
}

/** @returns false when it was stopped */
async function writeParts(
  { overlays }: ScreenContext,
  { path, parts, total, perPart }: Export,
  quitSignal: AbortSignal,
): Promise<boolean> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, quitSignal]);
  const isLong = total > 4 * perPart;
  const progress = isLong ? overlays.progress('Export', total, () => stop.abort()) : null;
  let written = 0;
  try {
    using file = new PrivateFile(path);
    for (const part of parts) {
      if (signal.aborted) return false;
      file.write(part);
      written = Math.min(total, written + perPart);
      progress?.advance(written, path);
      await setImmediate();
    }
    file.finish();
    return true;
  } finally {
    progress?.close();
  }
}
