import type { Command } from 'commander';
import { directoryNames } from '../core/directory/directory.ts';
import { plainText } from '../core/plain-text.ts';
import { type Run, runJson } from '../core/runs/run.ts';
import { mailText } from '../core/status/mail-text.ts';
import type { Status } from '../core/status/status.ts';
import { stateNames, userStates } from '../core/users/user.ts';
import { act, examples } from './act.ts';
import type { CommandContext } from './context.ts';
import { printFacts, printJson, write } from './output.ts';
import { utcTime } from './utc-time.ts';

export function defineStatus(command: Command): void {
  command
    .addHelpText(
      'after',
      examples(
        ['status', 'how things stand, and what should be mended'],
        ['status --json', 'for a monitoring script'],
      ),
    )
    .action(act(showStatus));
}

async function showStatus(context: CommandContext) {
  const { readStatus } = await import('../core/status/status.ts');
  const status = readStatus(await context.core());
  const { lastRun, interruptedRuns, warnings } = status;
  if (context.options.json) {
    await printJson({
      ...status,
      lastRun: lastRun === null ? null : runJson(lastRun),
      interruptedRuns: interruptedRuns.map(runJson),
    });
    return undefined;
  }
  await printFacts(factsOf(status));
  for (const { message, command } of warnings) {
    await write(`\nWarning: ${plainText(message)}\n  ${command}\n`);
  }
  return undefined;
}

function factsOf({ dataDirectory, users, directory, mail, lastRun, lastBackup }: Status) {
  const states = userStates
    .filter((state) => users[state] > 0)
    .map((state) => `${users[state].toLocaleString('en')} ${stateNames[state]}`);
  return [
    ['Data directory', dataDirectory],
    [
      'Users',
      [users.total.toLocaleString('en'), ...(states.length > 0 ? [`(${states.join(', ')})`] : [])].join(' '),
    ],
    ['Directory', `${directoryNames[directory.type]}, ${directory.label}`],
    ['Mail', mailText(mail)],
    ['Last run', lastRun === null ? 'none yet' : describeRun(lastRun)],
    [
      'Last backup',
      lastBackup.writtenAt === null
        ? 'none yet'
        : `${utcTime(lastBackup.writtenAt)} UTC ${lastBackup.file ?? ''}`,
    ],
  ] as const;
}

function describeRun({ id, purpose, state, startedAt, counts }: Run): string {
  const { added, updated, failed } = counts;
  return `${purpose} ${id}, ${state}, ${utcTime(startedAt)} UTC: ${added} added, ${updated} updated, ${failed} failed`;
}
