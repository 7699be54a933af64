import type { Command } from 'commander';
import { exitCodeOf } from '../../core/errors.ts';
import type { RunOptions } from '../../core/import/run-writer.ts';
import { changeJson, changeKinds, type Run, type RunChange, runJson } from '../../core/runs/run.ts';
import { act, examples } from '../act.ts';
import { confirm } from '../confirm.ts';
import type { CommandContext, CommonOptions } from '../context.ts';
import { parseRunId } from '../import.ts';
import { outlastReader, printFacts, printJson, printTable, write } from '../output.ts';
import { ProgressLine } from '../progress-line.ts';
import { describeChange, printRun } from '../run-output.ts';
import { type ListOptions, listRuns, type ShowOptions, showRun } from '../runs.ts';
import { sentenceOf } from '../sentence.ts';

interface RunCommandOptions extends CommonOptions {
  full?: boolean;
  user?: string;
  changes?: boolean;
}

interface ApproveOptions extends CommonOptions {
  user?: string[];
  changes?: boolean;
}

export function defineSyncRuns(command: Command): void {
  command
    .command('run')
    .description('synchronize now, or simulate it with --dry-run')
    .option('--full', 'read everybody, also where changes could be read')
    .option('--user <user>', 'only this user: a username, DN or directory id')
    .option('--changes', 'print everybody with what happens and why')
    .addHelpText(
      'after',
      examples(
        ['sync run --dry-run --changes', 'see what would happen'],
        ['sync run', 'do it; exit code 3 when something is held for approval'],
        ['sync run --user jdoe', 'one user'],
      ),
    )
    .action(act<RunCommandOptions>(runSync));
  command
    .command('runs [run]')
    .description('list synchronizations, or show one')
    .option('--limit <n>', 'how many', '20')
    .option('--changes', 'with every change')
    .option('--change <kind>', `only changes of a kind: ${changeKinds.join(', ')}`)
    .addHelpText(
      'after',
      examples(['sync runs', 'the newest twenty'], ['sync runs 12 --change held', 'what run 12 holds']),
    )
    .action(act<ListOptions & ShowOptions>(listOrShow));
  command
    .command('approve <run>')
    .description('do what a run holds, as far as it is still true')
    .option('--user <users...>', 'only for these users')
    .option('--changes', 'print everybody with what happens and why')
    .addHelpText(
      'after',
      examples(
        ['sync approve 12 --dry-run --changes', 'see what would be done now'],
        ['sync approve 12', 'all of it, after a question'],
        ['sync approve 12 --user jdoe asmith', 'for two users'],
      ),
    )
    .action(act<ApproveOptions>(approveRun));
  command
    .command('reject <run>')
    .description('leave what a run holds; the next run decides anew')
    .addHelpText('after', examples(['sync reject 12', 'when the directory has to be mended first']))
    .action(act(rejectRun));
  command
    .command('explain <user>')
    .description('show which items match a user, which wins, and where each value comes from')
    .addHelpText('after', examples(['sync explain jdoe', 'why jdoe has these settings']))
    .action(act(explain));
}

async function runSync(context: CommandContext, options: RunCommandOptions): Promise<number> {
  const { synchronization, runs } = await context.core();
  return report(context, runs, options.changes === true, (runOptions) =>
    synchronization.run({ full: options.full ?? false, user: options.user }, runOptions),
  );
}

async function approveRun(context: CommandContext, options: ApproveOptions, id = ''): Promise<number> {
  const { synchronization, runs } = await context.core();
  const run = runs.find(parseRunId(id));
  const count = options.user?.length ?? run.counts.held;
  await confirm(context, `Disable or remove ${count} users, as run ${run.id} holds them?`, count);
  return report(context, runs, options.changes === true, (runOptions) =>
    synchronization.approve(run.id, options.user, runOptions),
  );
}

/** Executes and prints. */
async function report(
  context: CommandContext,
  runs: Parameters<typeof printRun>[0],
  tellsChanges: boolean,
  execute: (options: RunOptions) => Promise<Run>,
): Promise<number> {
  const { json, dryRun = false } = context.options;
  outlastReader();
  const progress = new ProgressLine(context.isTerminal && !json);
  const run = await execute({
    dryRun,
    signal: context.signal,
    onProgress: (state) => progress.show(state),
    ...(tellsChanges && {
      onChanges: async (changes: readonly RunChange[]) => {
        progress.clear();
        for (const change of changes) {
          if (json) await printJson(changeJson(change));
          else await write(`${describeChange(change)}\n`);
        }
      },
    }),
  });
  progress.clear();
  const writeError = (sentence: string) => void process.stderr.write(`${sentence}\n`);
  if (json) {
    await printJson({ run: runJson(run), ...(run.error !== null && { error: run.error }) });
    if (run.error !== null) writeError(sentenceOf(run.error.message));
  } else await printRun(runs, run, writeError);
  return exitCode(run);
}

function exitCode({ state, counts, error }: Run): number {
  if (state === 'awaitingApproval') return 3;
  if (state === 'completed') return counts.failed > 0 ? 1 : 0;
  return error === null ? 1 : exitCodeOf(error.code);
}

async function listOrShow(
  context: CommandContext,
  options: ListOptions & ShowOptions,
  id?: string,
): Promise<undefined> {
  return id === undefined ? listRuns(context, options, 'synchronization') : showRun(context, options, id);
}

async function rejectRun(context: CommandContext, options: CommonOptions, id = ''): Promise<undefined> {
  const { synchronization } = await context.core();
  const run = synchronization.reject(parseRunId(id), { dryRun: options.dryRun ?? false });
  if (options.json) await printJson({ run: runJson(run) });
  else await write(`What run ${run.id} holds is not done; the next run decides anew.\n`);
}

async function explain(context: CommandContext, options: CommonOptions, user = ''): Promise<undefined> {
  const { synchronization } = await context.core();
  const explanation = await synchronization.explain(user, context.signal);
  if (options.json) return void (await printJson(explanation));
  await printFacts([
    ['User', explanation.user],
    ['Belongs to', explanation.item ?? 'no item'],
  ]);
  await write('\n');
  if (explanation.items.length > 0) {
    await printTable(explanation.items, [
      { title: 'Item', value: (item) => item.name },
      { title: 'Matches', value: (item) => (item.matches ? 'yes' : 'no') },
      { title: 'State', value: (item) => (item.enabled ? 'on' : 'off') },
      { title: 'Wins', value: (item) => (item.wins ? 'yes' : '') },
    ]);
  }
  await printTable(Object.entries(explanation.fields), [
    { title: 'Field', value: ([name]) => name },
    { title: 'Value', value: ([, { value }]) => (typeof value === 'string' ? value : JSON.stringify(value)) },
    { title: 'From', value: ([, { from }]) => from },
  ]);
  return undefined;
}
