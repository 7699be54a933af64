import type { Command } from 'commander';
import type { ExchangeChanges } from '../core/exchange/import-settings.ts';
import type { MissingSecret } from '../core/exchange/missing-secrets.ts';
import { plainText } from '../core/plain-text.ts';
import {
  changeSettings,
  type SettingKey,
  settingKey,
  settingKeys,
} from '../core/settings/change-settings.ts';
import { type CompanySettings, companySettingsSchema } from '../core/settings/company-settings.ts';
import { settingGroups, settingTexts } from '../core/settings/setting-text.ts';
import { act, examples } from './act.ts';
import { type AssignedTexts, parseAssignments, writeAssigned } from './assignments.ts';
import { confirm } from './confirm.ts';
import type { CommandContext, CommonOptions } from './context.ts';
import { writeExport } from './export.ts';
import { printFacts, printJson, write } from './output.ts';
import { seenVersion } from './seen-version.ts';

interface SetOptions extends CommonOptions {
  ifVersion?: string;
}

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
    .option('--if-version <n>', 'only when they still have this version, which "get --json" tells')
    .addHelpText(
      'after',
      `\nSettings: ${settingKeys.join(', ')}.\n${examples(
        ['settings set defaultCountry=DE pinMinimumLength=6', 'change two of them'],
        ['settings set defaultMethod=oathToken defaultMode=otp', 'what new users get'],
        ['settings set defaultMethod=none defaultMode=none', 'leave it open again'],
      )}`,
    )
    .action(act<SetOptions>(setSettings));
  command
    .command('export [file]')
    .description(
      'write company, e-mail and gateway settings and edited wordings as commented YAML, without secrets',
    )
    .addHelpText('after', examples(['settings export settings.yaml', 'for another server, or to edit']))
    .action(act(exportToFile));
  command
    .command('import <file>')
    .description('show what a YAML file would change, ask, and change it; settings it does not name stay')
    .addHelpText('after', examples(['settings import settings.yaml --dry-run', 'only see the differences']))
    .action(act(importFromFile));
}

async function getSettings(context: CommandContext, _: CommonOptions, name?: string): Promise<undefined> {
  const key = name === undefined ? undefined : settingKey(name);
  const { value: settings, version } = (await context.core()).companySettings.loadVersioned();
  if (context.options.json) {
    await printJson(
      key === undefined ? { settings, version } : { settings: { [key]: settings[key] }, version },
    );
  } else if (key === undefined) {
    await write(listing(settings));
  } else {
    const { title = key, help = null, unit = null, usedBy = null } = textOf(key) ?? {};
    await printFacts([
      ['Setting', key],
      ['Title', title],
      ['Value', show(settings[key])],
      ['Default', show(defaults[key])],
      ...(unit === null ? [] : [['Unit', unit] as const]),
      ['Help', help],
      ...(usedBy === null ? [] : [['Used by', `the ${usedBy}`] as const]),
    ]);
  }
  return undefined;
}

const defaults = companySettingsSchema.parse({});

function textOf(key: SettingKey) {
  return settingTexts.get(companySettingsSchema.shape[key]);
}

/** Group by group: name and value, what it is called, and the default where it has another value. */
function listing(settings: CompanySettings): string {
  const width = Math.max(...settingKeys.map((key) => key.length));
  const groups = Object.values(settingGroups).map((group) => {
    const keys = settingKeys.filter((key) => textOf(key)?.group === group);
    const lines = keys.map((key) => {
      const isDefault = settings[key] === defaults[key];
      const about = isDefault ? textOf(key)?.title : `${textOf(key)?.title}; default ${show(defaults[key])}`;
      return `  ${key.padEnd(width)}  ${plainText(show(settings[key])) || '-'}  (${about})\n`;
    });
    return `${group}\n${lines.join('')}`;
  });
  return groups.join('\n');
}

async function setSettings(
  context: CommandContext,
  options: SetOptions,
  ...operands: string[]
): Promise<undefined> {
  const assignments = parseAssignments(operands, 'pinMinimumLength=6');
  const core = await context.core();
  const dryRun = context.options.dryRun === true;
  const changed = changeSettings(core, assignments, { dryRun, version: seenVersion(options.ifVersion) });
  if (context.options.json) {
    const { value: settings, version } = core.companySettings.loadVersioned();
    await printJson({ changed, settings, version, dryRun });
    return undefined;
  }
  await writeAssigned(textsOf(changed), dryRun);
  return undefined;
}

async function exportToFile(context: CommandContext, _: CommonOptions, file?: string) {
  const { exportSettings } = await import('../core/exchange/export-settings.ts');
  const core = await context.core();
  if (file === undefined && context.options.json) {
    await printJson({
      settings: core.companySettings.load(),
      email: core.emailDelivery.load().settings,
      gateways: { text: core.gateways.text.load().settings, voice: core.gateways.voice.load().settings },
      wordings: core.wordings.load().overrides,
    });
    return undefined;
  }
  return writeExport(context, [await exportSettings(core)], file);
}

async function importFromFile(context: CommandContext, _: CommonOptions, file: string): Promise<undefined> {
  const { readSettingsFile } = await import('../core/settings/settings-yaml.ts');
  const { prepareImport } = await import('../core/exchange/import-settings.ts');
  const { missingSecrets } = await import('../core/exchange/missing-secrets.ts');
  const given = readSettingsFile(file);
  const core = await context.core();
  const { json, dryRun = false } = context.options;
  const prepared = await prepareImport(core, given);
  const changed = prepared.changes;
  if (!json) await writeAssigned(textsOf(changed), true);
  if (!dryRun && Object.keys(changed).length > 0) {
    await confirm(context, `Change these settings as ${file} has them?`);
    prepared.apply();
    if (!json) await write('Changed.\n');
  }
  const missing = await missingSecrets(core);
  if (json)
    await printJson({ changed, settings: core.companySettings.load(), missingSecrets: missing, dryRun });
  for (const secret of missing) context.note(missingSentence(secret));
  return undefined;
}

function missingSentence({ name, command }: MissingSecret): string {
  return `The secret ${name} is not stored here. Set it with "${command}".`;
}

function textsOf(changed: ExchangeChanges): AssignedTexts {
  const texts = Object.entries(changed).map(([key, [before, after]]) => [key, [show(before), show(after)]]);
  return Object.fromEntries(texts) as AssignedTexts;
}

function show(value: unknown): string {
  return value === null || value === undefined ? 'none' : String(value);
}
