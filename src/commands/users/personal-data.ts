import type { Command } from 'commander';
import { erasureNotes, erasureText } from '../../core/personal-data/erasure-text.ts';
import { harmlessJson, plainText } from '../../core/plain-text.ts';
import { act, examples, paragraph } from '../act.ts';
import { confirm } from '../confirm.ts';
import type { CommandContext } from '../context.ts';
import { writeExport } from '../export.ts';
import { printJson } from '../output.ts';

interface ExportDataOptions {
  output?: string;
}

interface EraseOptions {
  reason: string;
}

export function definePersonalData(command: Command): void {
  command
    .command('export-data')
    .argument('<username>')
    .description('write all that is stored about one person, as JSON')
    .option('--output <file>', 'a file that only you may read; else standard output')
    .addHelpText(
      'after',
      examples(
        ['users export-data jdoe --output jdoe.json', 'answer a request for access'],
        ['users export-data jdoe | jq .events', 'what was done to a person'],
      ),
    )
    .addHelpText(
      'after',
      paragraph(
        'It has the user, audit events under every username that was theirs, what previews and imports found, and mails. ' +
          'PINs and other secrets are not in it.',
      ),
    )
    .action(act<ExportDataOptions>(exportData));
  command
    .command('erase')
    .argument('<username>')
    .description('remove a user and erase what logs and outbox tell of them')
    .requiredOption('--reason <text>', 'such as the number of the request; it stays in the audit log')
    .addHelpText(
      'after',
      examples(
        ['users erase jdoe --reason "request 4711" --dry-run', 'see how much would be erased'],
        ['users erase jdoe --reason "request 4711"', 'a user, or one who was removed earlier'],
      ),
    )
    .addHelpText(
      'after',
      paragraph(
        'Erased events keep their number, time, actor, action and result; "audit verify" accepts them, also with a head ' +
          'that was noted before. Backups, exported files, copies of the database from before an update (*.before-*) ' +
          'and the directory still have the person.',
      ),
    )
    .action(act<EraseOptions>(erase));
}

async function exportData(context: CommandContext, { output }: ExportDataOptions, username = '') {
  const core = await context.core();
  const { exportPersonalData } = await import('../../core/personal-data/export-personal-data.ts');
  const data = exportPersonalData(core, username, { dryRun: context.options.dryRun });
  return writeExport(context, [`${harmlessJson(data)}\n`], output);
}

async function erase(context: CommandContext, { reason }: EraseOptions, username = ''): Promise<undefined> {
  const core = await context.core();
  const { erasePersonalData } = await import('../../core/personal-data/erase-personal-data.ts');
  const planned = erasePersonalData(core, username, { reason, dryRun: true });
  const question = `Erase ${plainText(planned.username)}: ${erasureText(planned)}? This cannot be taken back.`;
  await confirm(context, question);
  const dryRun = context.options.dryRun === true;
  const erasure = dryRun ? planned : erasePersonalData(core, username, { reason });
  if (context.options.json) return void (await printJson({ erasure, dryRun }));
  context.print(`${dryRun ? 'Would erase' : 'Erased'} ${erasureText(erasure)}.`);
  if (!dryRun) for (const note of erasureNotes(erasure)) context.note(note);
  return undefined;
}
