import type { Command } from 'commander';
import { act, examples } from '../act.ts';
import { type AssignedTexts, parseAssignments, writeAssigned } from '../assignments.ts';
import type { CommandContext, CommonOptions } from '../context.ts';
import { printFacts, printJson } from '../output.ts';

export function defineSyncSettings(command: Command): void {
  const settings = command
    .command('settings')
    .description('show and change when runs take place and what they hold for approval');
  settings
    .command('get')
    .description('show the settings of synchronization')
    .addHelpText('after', examples(['sync settings get', 'show all']))
    .action(act(getSettings));
  settings
    .command('set <key=value...>')
    .description('change settings of synchronization, all or none')
    .addHelpText(
      'after',
      examples(
        ['sync settings set enabled=yes intervalMinutes=15', 'let the service synchronize every 15 minutes'],
        ['sync settings set approvalCount=10', 'hold what would disable or remove more than ten users'],
        ['sync settings set removeDeleted=yes', 'remove users whom the directory calls deleted'],
      ),
    )
    .action(act(setSettings));
}

async function getSettings(context: CommandContext): Promise<undefined> {
  const settings = (await context.core()).synchronization.settings();
  if (context.options.json) await printJson({ sync: settings });
  else await printFacts(Object.entries(settings).map(([key, value]) => [key, String(value)] as const));
}

async function setSettings(
  context: CommandContext,
  _: CommonOptions,
  ...operands: string[]
): Promise<undefined> {
  const assignments = parseAssignments(operands, 'approvalCount=10');
  const { synchronization } = await context.core();
  const dryRun = context.options.dryRun === true;
  const { changed, settings } = synchronization.changeSettings(assignments, { dryRun });
  if (context.options.json) {
    await printJson({ changed, sync: settings, dryRun });
    return;
  }
  const texts = Object.entries(changed).map(([key, values]) => [key, values.map(String)]);
  await writeAssigned(Object.fromEntries(texts) as AssignedTexts, dryRun);
}
