import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { isMfaError, MfaError, messageOf } from '../errors.ts';

export interface CsvRecord {
  cells: string[];
  /** Number of the line that it starts in, from 1. */
  line: number;
}

const longestRecord = 4_000_000;

/**
 * The records of a CSV file in UTF-8. What stands between the cells, `,`, `;` or tab, is seen in the first line.
 * @throws {MfaError} `csv.invalid`
 */
export async function* csvRecords(source: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  try {
    const texts = decoded(source);
    const beginning = await firstLine(texts);
    const parser = parse({
      delimiter: delimiterOf(beginning),
      info: true,
      relax_column_count: true,
      max_record_size: longestRecord,
    });
    // What goes wrong with the source comes out of the parser.
    pipeline(continued(beginning, texts), parser, () => undefined);
    let line = 1;
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      if (record.some((cell) => cell !== '')) yield { cells: record, line };
      line = info.lines + 1;
    }
  } catch (cause) {
    if (cause instanceof CsvError || (!isMfaError(cause) && isSystemError(cause))) {
      throw new MfaError('csv.invalid', `The file cannot be read as CSV: ${messageOf(cause)}.`, { cause });
    }
    throw cause;
  }
}

interface ParsedRecord {
  record: string[];
  info: { lines: number };
}

async function* decoded(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Buffer) => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (cause) {
      throw new MfaError('csv.invalid', 'The file is not written in UTF-8.', {
        advice: 'Save it as "CSV UTF-8".',
        cause,
      });
    }
  };
  for await (const chunk of source) yield decode(Buffer.from(chunk));
  yield decode();
}

/** The text up to the end of the first line, and some more. */
async function firstLine(texts: AsyncGenerator<string>): Promise<string> {
  let text = '';
  while (!/[\r\n]/.test(text) && text.length < longestRecord) {
    const { value, done } = await texts.next();
    if (done) break;
    text += value;
  }
  return text;
}

async function* continued(beginning: string, texts: AsyncGenerator<string>): AsyncGenerator<string> {
  yield beginning;
  yield* texts;
}

function delimiterOf(text: string): string {
  const [titles = ''] = text.replace(/"[^"]*"/g, '').split(/[\r\n]/, 1);
  const count = (delimiter: string) => titles.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, other) => (count(other) > count(best) ? other : best));
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}
