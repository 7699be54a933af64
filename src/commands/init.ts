import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { locateDataDirectory } from '../core/data-directory.ts';
import { act, examples } from './act.ts';
import type { CommandContext } from './context.ts';
import { printJson, write } from './output.ts';

export function defineInit(command: Command): void {
  command
    .addHelpText(
      'after',
      '\nMakes what is missing and leaves the rest as it is; it may be run any number of times.\n' +
        examples(
          ['init', 'in the standard place'],
          ['init --data /srv/mfa', 'elsewhere; name it with --data or MFA_CONSOLE_DATA from then on'],
        ),
    )
    .action(act(init));
}

async function init(context: CommandContext) {
  const dataDirectory = locateDataDirectory(context.options.data, process.env);
  const dryRun = context.options.dryRun === true;
  const parts = [
    ['data directory', dataDirectory.path],
    ['master key', dataDirectory.masterKey],
    ['database', dataDirectory.database],
  ] as const;
  const missing = parts.filter(([, path]) => !existsSync(path));
  if (!dryRun && missing.length > 0) {
    const core = await context.core();
    // The first event, so that a log without any is seen to be none.
    if (missing.some(([part]) => part === 'database')) {
      core.audit.append({ action: 'installation.created', target: dataDirectory.path });
    }
  }
  const created = missing.map(([part]) => part);
  if (context.options.json) {
    await printJson({ dataDirectory: dataDirectory.path, created, dryRun });
    return undefined;
  }
  const verb = dryRun ? 'Would make' : 'Made';
  const lines = parts.map(([part, path]) => `${created.includes(part) ? verb : 'Found'} ${part} ${path}`);
  await write(`${lines.join('\n')}\n`);
  if (!dryRun && missing.length > 0) {
    context.note(
      'Next: "mfa-console directory set" connects to your directory, "mfa-console doctor" checks everything.',
    );
  }
  return undefined;
}
