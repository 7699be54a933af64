import { countOf } from '../../core/count-text.ts';
import type { ImportRun } from '../../core/runs/run.ts';
import { selectionText } from './whom.ts';

const endings: Partial<Record<ImportRun['state'], string>> = {
  interrupted: 'was interrupted',
  cancelled: 'was stopped',
  failed: 'failed',
};

/** What an administrator should know before anything else, a line each. */
export function noticesOf(unfinished: ImportRun | null, isConfigured: boolean): readonly string[] {
  const notices: string[] = [];
  if (!isConfigured) notices.push('No directory is chosen yet; this is the built-in sample directory.');
  if (unfinished !== null) {
    const { id, state, counts, request } = unfinished;
    const ending = `${endings[state] ?? state} after ${countOf(counts.read, 'user')}`;
    notices.push(`Run ${id} ${ending}; c continues it: ${selectionText(request.selection)}`);
  }
  return notices;
}
