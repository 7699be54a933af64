import { type Command, Option } from 'commander';
import { countText } from '../core/count-text.ts';
import { directoryNames } from '../core/directory/directory.ts';
import { plainText } from '../core/plain-text.ts';
import { type Run, runJson, runStateNames } from '../core/runs/run.ts';
import { outcomeText } from '../core/runs/run-texts.ts';
import { mailText } from '../core/status/mail-text.ts';
import type { Status } from '../core/status/status.ts';
import { serviceText, syncText } from '../core/status/sync-text.ts';
import { type WarningCode, warningCodes } from '../core/status/warnings.ts';
import { stateNames, userStates } from '../core/users/user.ts';
import { utcMoment } from '../core/utc-time.ts';
import { act, examples, paragraph } from './act.ts';
import type { CommandContext, CommonOptions } from './context.ts';
import { printFacts, printJson, write } from './output.ts';

interface StatusOptions extends CommonOptions {
  check?: boolean;
  ignore?: WarningCode[];
}

export function defineStatus(command: Command): void {
  command
    .option('--check', 'print one line, and end with 1 when there are warnings')
    .addOption(
      new Option('--ignore <codes...>', 'with --check: warnings that do not count').choices(warningCodes),
    )
    .addHelpText(
      'after',
      `${examples(
        ['status', 'how things stand, and what should be mended'],
        ['status --check', 'for a monitoring system: 0 when all is well, 1 when not'],
        ['status --check --ignore backup.old backup.missing', 'the same, whatever becomes of backups'],
        ['status --json', 'for a script'],
      )}\n${paragraph(
        'Without --check it ends with 0, whatever it has to warn of. With --json each warning has its code.',
      )}\n`,
    )
    .action(act<StatusOptions>(showStatus));
}

async function showStatus(context: CommandContext, { check = false, ignore = [] }: StatusOptions) {
  const { readStatus } = await import('../core/status/status.ts');
  const status = readStatus(await context.core());
  const counted = status.warnings.filter(({ code }) => !ignore.includes(code));
  const exitCode = check && counted.length > 0 ? 1 : undefined;
  if (context.options.json) await printJson(statusJson(status));
  else if (check) await printCheck(counted);
  else {
    await printFacts(factsOf(status));
    for (const { message, command } of status.warnings) {
      await write(`\nWarning: ${plainText(message)}\n  ${command}\n`);
    }
  }
  return exitCode;
}

/** The first line is all that many monitoring systems show. */
async function printCheck(warnings: Status['warnings']): Promise<void> {
  const [first, ...others] = warnings.map(({ code, message }) => `${code}: ${plainText(message)}`);
  if (first === undefined) {
    await write('OK\n');
    return;
  }
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  await write(`${[`WARNING ${first}${more}`, ...others].join('\n')}\n`);
}

function statusJson(status: Status) {
  const { lastRun, interruptedRuns, synchronization } = status;
  const { newest, lastDone, service: _, ...schedule } = synchronization;
  return {
    ...status,
    synchronization: { ...schedule, newest: jsonOrNull(newest), lastDone: jsonOrNull(lastDone) },
    lastRun: jsonOrNull(lastRun),
    interruptedRuns: interruptedRuns.map(runJson),
  };
}

function jsonOrNull(run: Run | null) {
  return run === null ? null : runJson(run);
}

function factsOf(status: Status) {
  const { dataDirectory, users, directory, mail, service, synchronization, lastRun, lastBackup } = status;
  const states = userStates
    .filter((state) => users[state] > 0)
    .map((state) => `${countText(users[state])} ${stateNames[state]}`);
  return [
    ['Data directory', dataDirectory],
    ['Users', [countText(users.total), ...(states.length > 0 ? [`(${states.join(', ')})`] : [])].join(' ')],
    ['Directory', `${directoryNames[directory.type]}, ${directory.label}`],
    ['Service', serviceText(service, utcMoment)],
    ['Synchronization', syncText(synchronization, utcMoment)],
    ['Mail', mailText(mail)],
    ['Last run', lastRun === null ? 'none yet' : describeRun(lastRun)],
    [
      'Last backup',
      lastBackup.writtenAt === null
        ? 'none yet'
        : `${utcMoment(lastBackup.writtenAt)} ${lastBackup.file ?? ''}`,
    ],
  ] as const;
}

function describeRun(run: Run): string {
  const { id, purpose, state, startedAt } = run;
  return `${purpose} ${id}, ${runStateNames[state]}, ${utcMoment(startedAt)}: ${outcomeText(run)}`;
}
