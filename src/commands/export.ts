import { existsSync } from 'node:fs';
import { MfaError } from '../core/errors.ts';
import { PrivateFile } from '../core/private-file.ts';
import { confirm } from './confirm.ts';
import type { CommandContext } from './context.ts';
import { printJson, write } from './output.ts';

export interface ExportOptions<Format extends string> {
  format?: Format;
  /** The file; else standard output. */
  output?: string;
}

/**
 * The format that was asked for; else JSON with `--json`, and the usual one without.
 * @throws {MfaError} `usage.invalid` when another format would follow `--json` on standard output
 */
export function exportFormat<Format extends string>(
  context: CommandContext,
  options: ExportOptions<Format | 'json'>,
  usual: Format | 'json',
): Format | 'json' {
  const { format = context.options.json ? 'json' : usual, output } = options;
  if (format === 'json' || output !== undefined || !context.options.json) return format;
  throw new MfaError('usage.invalid', `--json and --format ${format} exclude each other.`, {
    advice: `Leave --json out, or write the ${format} to a file with --output.`,
  });
}

/** Writes the parts of an export to its file or to standard output. @returns the exit code */
export async function writeExport(
  context: CommandContext,
  parts: Iterable<string>,
  output: string | undefined,
): Promise<number | undefined> {
  if (output === undefined) {
    for (const part of parts) {
      if (context.signal.aborted) return 1;
      await write(part);
    }
    return undefined;
  }
  if (existsSync(output)) await confirm(context, `${output} exists. Replace it?`);
  const dryRun = context.options.dryRun === true;
  using file = new PrivateFile(output);
  for (const part of parts) {
    if (context.signal.aborted) return 1;
    file.write(part);
  }
  if (!dryRun) file.finish();
  if (context.options.json) await printJson({ export: { file: output, bytes: file.bytes, dryRun } });
  else context.note(dryRun ? `Would write ${file.bytes} bytes to ${output}.` : `Wrote ${output}.`);
  return undefined;
}
