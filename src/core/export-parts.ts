import { stringify } from 'csv-stringify/sync';
import { harmlessJson } from './plain-text.ts';

export const exportFormats = ['csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** How things of one kind are written to a file. */
export interface ExportShape<Thing> {
  /** What the list in the JSON document is called. */
  readonly name: string;
  json(thing: Thing): object;
  /** The first line of the CSV file. */
  readonly columns: readonly string[];
  cells(thing: Thing): readonly (string | number | null)[];
  /** What precedes the list in the JSON document. */
  readonly before?: object;
}

/**
 * Things as parts of one text, one for each page after the beginning: CSV with a line for each of them, or a JSON
 * document with a list. Needs memory for one page only.
 */
export function exportParts<Thing>(
  format: ExportFormat,
  pages: Iterable<readonly Thing[]>,
  shape: ExportShape<Thing>,
): Iterable<string> {
  return format === 'csv' ? csvParts(pages, shape) : jsonParts(pages, shape);
}

function* csvParts<Thing>(
  pages: Iterable<readonly Thing[]>,
  { columns, cells }: ExportShape<Thing>,
): Generator<string> {
  yield stringify([columns]);
  for (const things of pages) yield stringify(things.map(cells));
}

function* jsonParts<Thing>(
  pages: Iterable<readonly Thing[]>,
  { name, json, before = {} }: ExportShape<Thing>,
): Generator<string> {
  yield harmlessJson({ ...before, [name]: [] }).replace(/\]\}$/, '');
  let separator = '';
  for (const things of pages) {
    yield separator + harmlessJson(things.map(json)).slice(1, -1);
    separator = ',\n';
  }
  yield ']}\n';
}
