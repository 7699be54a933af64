import { changeCounts } from './change-counts.ts';
import { hasReachedItsEnd, type Run, syncKindNames } from './run.ts';

/** What a run is: `import`, `approval of run 12`, or how a synchronization reads the directory. */
export function kindText(run: Run): string {
  if (run.purpose === 'import') return 'import';
  const { kind, approves } = run.request;
  return approves === null ? syncKindNames[kind] : `approval of run ${approves}`;
}

/** How a synchronization read the directory and why, and whom it was about; empty for an import. */
export function readingText(run: Run): string {
  if (run.purpose === 'import') return '';
  const { kind, reason, user, approves } = run.request;
  if (approves !== null) return `Does what was approved of run ${approves}.`;
  return `Read ${syncKindNames[kind]}: ${reason}${user === null ? '' : ` (${user})`}`;
}

/** "3 updated, 1 disabled", or why there is nothing to tell. Those who stay as they are only count for an import. */
export function outcomeText(run: Run): string {
  const isImport = run.purpose === 'import';
  const told = changeCounts(isImport ? run.counts : { ...run.counts, unchanged: 0 });
  if (told.length > 0) return told.join(', ');
  if (!hasReachedItsEnd(run)) return 'nothing was changed';
  return isImport ? 'nobody was found' : 'nothing was to be changed';
}
