import type { Command } from 'commander';
import { MfaError } from '../core/errors.ts';
import {
  type ChangeKind,
  changeJson,
  changeKinds,
  type Run,
  runJson,
  runStateNames,
} from '../core/runs/run.ts';
import { kindText } from '../core/runs/run-texts.ts';
import { utcTime } from '../core/utc-time.ts';
import { act, examples } from './act.ts';
import type { CommandContext, CommonOptions } from './context.ts';
import { parseRunId } from './import.ts';
import { printJson, printTable, write } from './output.ts';
import { describeChange, printRun } from './run-output.ts';
import { defineWatchRun } from './watch-run.ts';

export interface ListOptions extends CommonOptions {
  limit: string;
}

export interface ShowOptions extends CommonOptions {
  change?: string;
  changes?: boolean;
}

/** How many log lines are read at a time, so that a run of any size prints in little memory. */
const pageSize = 1000;

export function defineRuns(command: Command): void {
  command
    .command('list')
    .description('list the newest imports, synchronizations and previews')
    .option('--limit <n>', 'how many', '20')
    .addHelpText(
      'after',
      examples(['runs list', 'the newest twenty'], ['runs list --limit 100 --json', 'for a script']),
    )
    .action(act<ListOptions>((context, options) => listRuns(context, options)));
  command
    .command('show <run>')
    .description('show how a run ended and what it changed')
    .option('--changes', 'with every change')
    .option('--change <kind>', `only changes of a kind: ${changeKinds.join(', ')}`)
    .addHelpText(
      'after',
      examples(
        ['runs show 12 --changes', 'everything that run 12 changed'],
        ['runs show 12 --change conflict', 'its conflicts'],
      ),
    )
    .action(act<ShowOptions>(showRun));
  defineWatchRun(command);
}

/** @param purpose only runs of this purpose; left out: all */
export async function listRuns(
  context: CommandContext,
  options: ListOptions,
  purpose?: Run['purpose'],
): Promise<undefined> {
  const limit = parseLimit(options.limit);
  const { runs } = await context.core();
  const found = runs.list(limit, purpose);
  if (options.json) return void (await printJson({ runs: found.map(runJson) }));
  if (found.length === 0) return void (await write('There are no runs yet.\n'));
  await printTable<Run>(found, [
    { title: 'Run', value: (run) => run.id, align: 'right' },
    { title: 'Started (UTC)', value: (run) => utcTime(run.startedAt), isWhole: true },
    { title: 'Kind', value: kindText },
    { title: 'State', value: stateText },
    { title: 'Read', value: (run) => run.counts.read, align: 'right' },
    { title: 'Added', value: (run) => run.counts.added, align: 'right' },
    { title: 'Updated', value: (run) => run.counts.updated, align: 'right' },
    { title: 'Disabled', value: (run) => run.counts.disabled, align: 'right', isExtra: true },
    { title: 'Removed', value: (run) => run.counts.removed, align: 'right', isExtra: true },
    { title: 'Held', value: (run) => run.counts.held, align: 'right', isExtra: true },
    { title: 'Conflicts', value: (run) => run.counts.conflicts, align: 'right', isExtra: true },
    { title: 'Seconds', value: (run) => run.seconds ?? '-', align: 'right', isExtra: true },
    { title: 'By', value: (run) => run.startedBy, isExtra: true },
  ]);
  return undefined;
}

/** What a run came to; one that was to change nothing is a preview, and says more only when that went wrong. */
function stateText({ dryRun, state, purpose }: Run): string {
  if (!dryRun) return runStateNames[state];
  const what = purpose === 'import' ? 'preview' : 'simulation';
  return state === 'completed' ? what : `${what} ${runStateNames[state]}`;
}

export async function showRun(context: CommandContext, options: ShowOptions, id = ''): Promise<undefined> {
  const kind = parseKind(options.change);
  const { runs } = await context.core();
  const run = runs.find(parseRunId(id));
  if (options.changes || kind !== undefined) {
    for (let after = 0, isMore = true; isMore; ) {
      const page = runs.changes(run.id, {
        after,
        limit: pageSize,
        ...(kind === undefined ? {} : { change: kind }),
      });
      for (const change of page) {
        if (options.json) await printJson(changeJson(change));
        else await write(`${describeChange(change)}\n`);
      }
      after = page.at(-1)?.number ?? after;
      isMore = page.length === pageSize;
    }
  }
  if (options.json) await printJson({ run: runJson(run) });
  else await printRun(runs, run);
  return undefined;
}

/** @throws {MfaError} `usage.invalid` */
export function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new MfaError('usage.invalid', '--limit takes a whole number.');
}

function parseKind(text: string | undefined): ChangeKind | undefined {
  const kind = changeKinds.find((one) => one === text);
  if (text === undefined || kind !== undefined) return kind;
  throw new MfaError('usage.invalid', `"${text}" is no kind of change.`, {
    advice: `Use ${changeKinds.join(', ')}.`,
  });
}
