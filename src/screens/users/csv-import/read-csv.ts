import { setImmediate } from 'node:timers/promises';
import { fileBytes } from '../../../core/file-bytes.ts';
import type { ProgressOverlay } from '../../shell/overlays.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import type { CsvImportAction } from './state.ts';

export interface CsvRequest {
  readonly file: string;
  /** Users who are there already are changed; else they are skipped. */
  readonly update: boolean;
  readonly dryRun: boolean;
}

/**
 * Reads a file to its end, as a preview or to import it, with a bar when it is long.
 * @returns false when it was stopped
 */
export async function readCsv(
  { core, overlays }: ScreenContext,
  { file, update, dryRun }: CsvRequest,
  dispatch: (action: CsvImportAction) => void,
  quitSignal: AbortSignal,
): Promise<boolean> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, quitSignal]);
  let progress: ProgressOverlay | undefined;
  let count = 0;
  try {
    const parts = core.users.importCsv(fileBytes(file), { update, dryRun, signal });
    for await (const part of parts) {
      if ('unknownColumns' in part) {
        dispatch({ type: 'columns', unknown: part.unknownColumns });
        continue;
      }
      dispatch({ type: 'lines', lines: part.lines });
      count += part.lines.length;
      if (signal.aborted) return false;
      progress ??= overlays.progress(dryRun ? 'Preview' : 'Import', null, () => stop.abort());
      progress.advance(count, `line ${part.lines.at(-1)?.line ?? ''} of ${file}`);
      await setImmediate();
    }
    return true;
  } finally {
    progress?.close();
  }
}
