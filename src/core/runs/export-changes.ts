import { stringify } from 'csv-stringify/sync';
import { harmlessJson } from '../plain-text.ts';
import { disarm } from '../users/user-csv.ts';
import type { ExportFormat } from '../users/user-export.ts';
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
  return format === 'csv' ? csvParts(pagesOf(source, id)) : jsonParts(run, pagesOf(source, id));
}

function* csvParts(pages: Iterable<RunChange[]>): Generator<string> {
  yield stringify([['change', 'username', 'reason', 'fields', 'directoryId']]);
  for (const page of pages) yield stringify(page.map(csvCells));
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

function* jsonParts(run: Run, pages: Iterable<RunChange[]>): Generator<string> {
  yield `{"run":${harmlessJson(runJson(run))},"changes":[`;
  let separator = '';
  for (const page of pages) {
    yield separator + harmlessJson(page.map(changeJson)).slice(1, -1);
    separator = ',\n';
  }
  yield ']}\n';
}

function* pagesOf(source: ChangeSource, id: number): Generator<LoggedChange[]> {
  for (let after = 0; ; ) {
    const page = source.changes(id, { after, limit: linesPerPart });
    if (page.length > 0) yield page;
    if (page.length < linesPerPart) return;
    after = page.at(-1)?.number ?? after;
  }
}
