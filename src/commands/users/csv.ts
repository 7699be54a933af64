import { type Command, Option } from 'commander';
import { type ExportFormat, exportFormats } from '../../core/export-parts.ts';
import { fileBytes } from '../../core/file-bytes.ts';
import { plainText } from '../../core/plain-text.ts';
import type { CsvLine } from '../../core/users/csv-import.ts';
import { editableColumns } from '../../core/users/user-csv.ts';
import { act, examples, paragraph } from '../act.ts';
import type { CommandContext } from '../context.ts';
import { type ExportOptions, exportFormat, writeExport } from '../export.ts';
import { outlastReader, printJson, write } from '../output.ts';

interface ExportUsersOptions extends ExportOptions<ExportFormat> {
  filter?: string;
}

interface ImportOptions {
  update?: boolean;
}

export function defineCsv(command: Command): void {
  command
    .command('export')
    .description('write users as CSV or JSON, without PINs')
    .addOption(new Option('--format <format>', 'csv, or json, which --json implies').choices(exportFormats))
    .option('--output <file>', 'write a file that only you may read; else to standard output')
    .option('--filter <text>', 'only these users; as in "users list"')
    .addHelpText(
      'after',
      examples(
        ['users export --output users.csv', 'all users, for a spreadsheet'],
        ['users export --format json --filter "group:Sales"', 'the users of a group, for a script'],
      ),
    )
    .addHelpText(
      'after',
      paragraph(
        'In CSV a text that a spreadsheet would take for a formula starts with an apostrophe, which ' +
          'import-csv takes away again; phones keep their +.',
      ),
    )
    .action(act<ExportUsersOptions>(exportUsers));
  command
    .command('import-csv')
    .argument('<file>', '- reads standard input')
    .description('add users from a CSV file whose first line names the columns')
    .option('--update', 'change users who are already there; else they are skipped')
    .addHelpText(
      'after',
      examples(
        ['users import-csv users.csv --dry-run', 'see what each line would do'],
        ['users import-csv users.csv --update', 'add new users and change the others'],
      ),
    )
    .addHelpText('after', paragraph(`Columns: ${editableColumns.join(', ')}.`))
    .action(act<ImportOptions>(importCsv));
}

async function exportUsers(context: CommandContext, options: ExportUsersOptions) {
  const format = exportFormat(context, options, 'csv');
  const { users } = await context.core();
  return writeExport(context, users.export(format, options.filter), options.output);
}

async function importCsv(context: CommandContext, options: ImportOptions, file = ''): Promise<number> {
  outlastReader();
  const { users } = await context.core();
  const source = file === '-' ? context.stdin : fileBytes(file);
  const counts = { added: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
  const dryRun = context.options.dryRun === true;
  let unknownColumns: string[] = [];
  const bulk = { update: options.update, dryRun, signal: context.signal };
  for await (const part of users.importCsv(source, bulk)) {
    if ('unknownColumns' in part) {
      unknownColumns = part.unknownColumns;
      if (unknownColumns.length > 0) {
        context.note(
          plainText(`Columns that are not known and are passed over: ${unknownColumns.join(', ')}`),
        );
      }
      continue;
    }
    for (const line of part.lines) {
      counts[line.outcome] += 1;
      await printLine(context, line);
    }
  }
  if (context.options.json) {
    await printJson({ import: { dryRun, counts, unknownColumns } });
  } else {
    const summary = Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`);
    context.print(`${dryRun ? 'Would be: ' : ''}${summary.join(', ')}`);
  }
  return counts.failed > 0 ? 1 : 0;
}

async function printLine(context: CommandContext, { line, username, outcome, fields, reason }: CsvLine) {
  if (context.options.json) {
    await printJson({ line, username, outcome, reason, fields });
  } else if (outcome !== 'unchanged') {
    const why = reason === null ? '' : `: ${reason}`;
    await write(`line ${line}: ${plainText(`${username} ${outcome}${why}`)}\n`);
  }
}
