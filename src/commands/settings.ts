import type { Command } from 'commander';
import { changeSettings, settingKey, settingKeys } from '../core/settings/change-settings.ts';
import { act, examples } from './act.ts';
import { parseAssignments } from './assignments.ts';
import type { CommandContext, CommonOptions } from './context.ts';
import { printFacts, printJson, write } from './output.ts';

export function defineSettings(command: Command): void {
  command
    .command('get [key]')
    .description('show the company settings, or one of them')
    .addHelpText(
      'after',
      examples(
        ['settings get', 'show all'],
        ['settings get pinMinimumLength --json', 'one of them, for a script'],
      ),
    )
    .action(act(getSettings));
  command
    .command('set <key=value...>')
    .description('change company settings, all or none')
    .addHelpText(
      'after',
      `\nSettings: ${settingKeys.join(', ')}.\n${examples(
        ['settings set defaultCountry=DE pinMinimumLength=6', 'change two of them'],
        ['settings set defaultMethod=oathToken defaultMode=otp', 'what new users get'],
        ['settings set defaultMethod=none defaultMode=none', 'leave it open again'],
      )}`,
    )
    .action(act(setSettings));
}

async function getSettings(context: CommandContext, _: CommonOptions, name?: string) {
  const key = name === undefined ? undefined : settingKey(name);
  const settings = (await context.core()).companySettings.load();
  if (context.options.json) {
    await printJson({ settings: key === undefined ? settings : { [key]: settings[key] } });
  } else if (key === undefined) {
    await printFacts(settingKeys.map((one) => [one, show(settings[one])] as const));
  } else {
    await write(`${show(settings[key])}\n`);
  }
  return undefined;
}

async function setSettings(context: CommandContext, _: CommonOptions, ...operands: string[]) {
  const assignments = parseAssignments(operands, 'pinMinimumLength=6');
  const core = await context.core();
  const dryRun = context.options.dryRun === true;
  const changed = changeSettings(core, assignments, { dryRun });
  if (context.options.json) {
    await printJson({ changed, settings: core.companySettings.load(), dryRun });
    return undefined;
  }
  const lines = Object.entries(changed).map(
    ([key, [before, after]]) => `${key}: ${show(before)} -> ${show(after)}`,
  );
  if (lines.length === 0) await write('Everything already has these values.\n');
  else await write(`${dryRun ? 'Would change:\n' : ''}${lines.join('\n')}\n`);
  return undefined;
}

function show(value: unknown): string {
  return value === null ? 'none' : String(value);
}
