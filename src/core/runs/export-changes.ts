import { type ExportFormat, exportParts } from '../export-parts.ts';
import { disarm } from '../formula-text.ts';
import { changeJson, type Run, type RunChange, runJson } from './run.ts';
import type { ChangeQuery, LoggedChange } from './run-log.ts';

/** What an export reads from. */
export interface ChangeSource {
  find(id: number): Run;
  changes(id: number, query: ChangeQuery): LoggedChange[];
}

const linesPerPart = 500;

/**
 * A run with its log as parts of one text: CSV with a line for each person, or a JSON document
 * `{"run":...,"changes":[...]}`. Needs memory for one part only.
 * @throws {MfaError} `run.notFound`
 */
export function exportChanges(source: ChangeSource, id: number, format: ExportFormat): Iterable<string> {
  const run = source.find(id);
  return exportParts(format, pagesOf(source, id), {
    name: 'changes',
    json: changeJson,
    columns: ['change', 'username', 'reason', 'fields', 'directoryId'],
    cells: csvCells,
    before: { run: runJson(run) },
  });
}

function csvCells({ change, username, reason, fields, directoryId }: RunChange): string[] {
  const changed = Object.entries(fields).map(
    ([name, [before, after]]) => `${name}: ${textOf(before)} -> ${textOf(after)}`,
  );
  return [change, disarm(username ?? ''), disarm(reason ?? ''), changed.join('; '), directoryId ?? ''];
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '-';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function* pagesOf(source: ChangeSource, id: number): Generator<LoggedChange[]> {
  for (let after = 0; ; ) {
    const page = source.changes(id, { after, limit: linesPerPart });
    if (page.length > 0) yield page;
    if (page.length < linesPerPart) return;
    after = page.at(-1)?.number ?? after;
  }
}
