import { once } from 'node:events';
import { harmlessJson, plainText } from '../core/plain-text.ts';
import type { TitledColumn } from './table.ts';

/** A column of a printed table. */
export interface Column<Row> extends TitledColumn {
  value(row: Row): string | number | null;
}

/** Prints one JSON document on one line. */
export async function printJson(value: unknown): Promise<void> {
  await write(`${harmlessJson(value)}\n`);
}

/** Prints a table for people, as wide as the terminal lets it; the drawing code is loaded only here. */
export async function printTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): Promise<void> {
  const { drawTable } = await import('./table.ts');
  const cells = rows.map((row) => columns.map((column) => plainText(String(column.value(row) ?? '-'))));
  await write(drawTable(columns, cells, process.stdout.isTTY ? process.stdout.columns : undefined));
}

/** Prints "label  value" lines for one object. */
export async function printFacts(
  facts: readonly (readonly [label: string, value: string | number | null])[],
) {
  const width = Math.max(...facts.map(([label]) => label.length));
  const lines = facts.map(([label, value]) => `${label.padEnd(width)}  ${plainText(String(value ?? '-'))}`);
  await write(`${lines.join('\n')}\n`);
}

/** Writes to standard output and waits while its reader is slow, so that long output needs little memory. */
export async function write(text: string): Promise<void> {
  if (!process.stdout.writable || process.stdout.write(text)) return;
  await once(process.stdout, 'drain').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/**
 * For work that matters more than its report. A reader that stops early, such as `| head`, ends a command;
 * from now on it only ends the output.
 */
export function outlastReader(): void {
  process.stdout.removeAllListeners('error').on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
