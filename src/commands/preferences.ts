import type { Command } from 'commander';
import { parsePreferences, preferenceKey, preferenceText } from '../core/preferences/parse-preferences.ts';
import { type Preferences, preferenceKeys } from '../core/preferences/preferences.ts';
import { locatePreferences, readPreferences } from '../core/preferences/preferences-file.ts';
import { writePreferences } from '../core/preferences/write-preferences.ts';
import { act, examples } from './act.ts';
import { type AssignedTexts, parseAssignments, writeAssigned } from './assignments.ts';
import type { CommandContext, CommonOptions } from './context.ts';
import { printFacts, printJson, write } from './output.ts';

export function definePreferences(command: Command): void {
  command
    .command('get [key]')
    .description('show what you prefer in the console, or one of it')
    .addHelpText(
      'after',
      examples(
        ['preferences get', 'show all, and the file that they are in'],
        ['preferences get theme', 'one of them'],
      ),
    )
    .action(act(getPreferences));
  command
    .command('set <key=value...>')
    .description('change what you prefer, all or none; nothing after = goes back to what is usual')
    .addHelpText(
      'after',
      `\nPreferences: ${preferenceKeys.join(', ')}.\n${examples(
        ['preferences set theme=high-contrast rail=hidden', 'change two of them'],
        ['preferences set idleMinutes=15', 'end the console after 15 minutes without a key'],
        [
          'preferences set usersColumns=username,name,state usersSort=-lastAuthenticated',
          'the list of users',
        ],
        ['preferences set theme=', 'back to what is usual'],
      )}`,
    )
    .action(act(setPreferences));
}

async function getPreferences(context: CommandContext, _: CommonOptions, name?: string) {
  const key = name === undefined ? undefined : preferenceKey(name);
  const file = locatePreferences(process.env);
  const { preferences, problem } = readPreferences(file);
  if (problem !== null) context.note(problem);
  if (context.options.json) {
    const shown = key === undefined ? preferences : { [key]: preferences[key] };
    await printJson({ preferences: shown, file, problem });
  } else if (key === undefined) {
    await printFacts([
      ...preferenceKeys.map((one) => [one, preferenceText(preferences[one])] as const),
      ['file', file],
    ]);
  } else {
    await write(`${preferenceText(preferences[key])}\n`);
  }
  return undefined;
}

async function setPreferences(context: CommandContext, _: CommonOptions, ...operands: string[]) {
  const values = parsePreferences(parseAssignments(operands, 'theme=high-contrast'));
  const file = locatePreferences(process.env);
  const before = readPreferences(file).preferences;
  const after: Preferences = { ...before, ...values };
  const dryRun = context.options.dryRun === true;
  const changed = preferenceKeys.filter((key) => preferenceText(before[key]) !== preferenceText(after[key]));
  if (!dryRun && changed.length > 0) await writePreferences(file, values);
  if (context.options.json) {
    const pairs = changed.map((key) => [key, [before[key], after[key]]]);
    await printJson({ changed: Object.fromEntries(pairs), preferences: after, dryRun });
    return undefined;
  }
  const texts = changed.map((key) => [key, [preferenceText(before[key]), preferenceText(after[key])]]);
  await writeAssigned(Object.fromEntries(texts) as AssignedTexts, dryRun);
  return undefined;
}
