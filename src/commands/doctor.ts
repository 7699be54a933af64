import type { Command } from 'commander';
import { systemClock } from '../core/clock.ts';
import { locateDataDirectory } from '../core/data-directory.ts';
import type { Check } from '../core/status/check.ts';
import { act, examples } from './act.ts';
import { printCheck } from './check-text.ts';
import type { CommandContext } from './context.ts';
import { printJson } from './output.ts';

export function defineDoctor(command: Command): void {
  command
    .addHelpText(
      'after',
      '\nLooks at Node, the data directory, the disk, the database, the master key, the audit log and the\n' +
        'connection to the directory. Ends with 1 when something is not well.\n' +
        examples(
          ['doctor', 'check everything, with what to do about each failure'],
          ['doctor --json', 'for a monitoring script'],
        ),
    )
    .action(act(examineInstallation));
}

async function examineInstallation(context: CommandContext) {
  const { examine } = await import('../core/status/doctor.ts');
  const dataDirectory = locateDataDirectory(context.options.data, process.env);
  const checks: Check[] = [];
  for await (const check of examine(dataDirectory, systemClock, context.signal)) {
    checks.push(check);
    if (!context.options.json) await printCheck(check);
  }
  const ok = checks.every((check) => check.ok);
  if (context.options.json) {
    const shown = checks.map(({ name, ok, message, advice }) => ({ name, ok, message, advice }));
    await printJson({ ok, checks: shown });
  }
  return ok ? undefined : 1;
}
