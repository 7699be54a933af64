import type { Command } from 'commander';
import {
  changeSettings,
  importSettings,
  type SettingChanges,
  settingKey,
  settingKeys,
} from '../core/settings/change-settings.ts';
import { act, examples } from './act.ts';
import { type AssignedTexts, parseAssignments, writeAssigned } from './assignments.ts';
import { confirm } from './confirm.ts';
import type { CommandContext, CommonOptions } from './context.ts';
import { writeExport } from './export.ts';
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
  command
    .command('export [file]')
    .description('write the company settings as commented YAML')
    .addHelpText('after', examples(['settings export settings.yaml', 'for another server, or to edit']))
    .action(act(exportSettings));
  command
    .command('import <file>')
    .description('show what a YAML file would change, ask, and change it; settings it does not name stay')
    .addHelpText('after', examples(['settings import settings.yaml --dry-run', 'only see the differences']))
    .action(act(importFromFile));
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
  await writeAssigned(textsOf(changed), dryRun);
  return undefined;
}

async function exportSettings(context: CommandContext, _: CommonOptions, file?: string) {
  const { settingsYaml } = await import('../core/settings/settings-yaml.ts');
  const settings = (await context.core()).companySettings.load();
  if (file === undefined && context.options.json) {
    await printJson({ settings });
    return undefined;
  }
  return writeExport(context, [settingsYaml(settings)], file);
}

async function importFromFile(context: CommandContext, _: CommonOptions, file: string) {
  const { readSettingsFile } = await import('../core/settings/settings-yaml.ts');
  const given = readSettingsFile(file);
  const core = await context.core();
  const { json, dryRun = false } = context.options;
  const changed = importSettings(core, given, { dryRun: true });
  if (!json) await writeAssigned(textsOf(changed), true);
  if (!dryRun && Object.keys(changed).length > 0) {
    await confirm(context, `Change these settings as ${file} has them?`);
    importSettings(core, given, { expected: changed });
    if (!json) await write('Changed.\n');
  }
  if (json) await printJson({ changed, settings: core.companySettings.load(), dryRun });
  return undefined;
}

function textsOf(changed: SettingChanges): AssignedTexts {
  const texts = Object.entries(changed).map(([key, [before, after]]) => [key, [show(before), show(after)]]);
  return Object.fromEntries(texts) as AssignedTexts;
}

function show(value: unknown): string {
  return value === null ? 'none' : String(value);
}
