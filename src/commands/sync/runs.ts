import type { Command } from 'commander';
import { plainText } from '../../core/plain-text.ts';
import { changeKinds, runJson } from '../../core/runs/run.ts';
import type { ExplainedItem } from '../../core/sync/explain.ts';
import { act, examples } from '../act.ts';
import { confirm } from '../confirm.ts';
import type { CommandContext, CommonOptions } from '../context.ts';
import { parseRunId } from '../import.ts';
import { printFacts, printJson, printTable, write } from '../output.ts';
import { exitCodeOfRun, reportRun } from '../report-run.ts';
import { type ListOptions, listRuns, type ShowOptions, showRun } from '../runs.ts';

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
  const core = await context.core();
  const { synchronizeInThread } = await import('../../core/background/threaded-runs.ts');
  const order = { full: options.full ?? false, user: options.user };
  const run = await reportRun(context, core.runs, options.changes === true, (runOptions) =>
    synchronizeInThread(core, order, runOptions),
  );
  return exitCodeOfRun(run);
}

async function approveRun(context: CommandContext, options: ApproveOptions, id = ''): Promise<number> {
  const core = await context.core();
  const held = core.runs.find(parseRunId(id));
  const { disabled, removed } = core.synchronization.approvals.countHeld(held.id);
  const count = options.user?.length ?? disabled + removed;
  await confirm(context, `Disable or remove ${count} users, as run ${held.id} holds them?`, count);
  const { approveInThread } = await import('../../core/background/threaded-runs.ts');
  const run = await reportRun(context, core.runs, options.changes === true, (runOptions) =>
    approveInThread(core, held.id, options.user, runOptions),
  );
  return exitCodeOfRun(run);
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
  const run = synchronization.approvals.reject(parseRunId(id), { dryRun: options.dryRun ?? false });
  if (options.json) await printJson({ run: runJson(run) });
  else await write(`What run ${run.id} holds is not done; the next run decides anew.\n`);
}

function matchText({ matches, problem }: ExplainedItem): string {
  if (problem !== null) return 'unknown';
  return matches ? 'yes' : 'no';
}

async function explain(context: CommandContext, options: CommonOptions, user = ''): Promise<undefined> {
  const { synchronization } = await context.core();
  const explanation = await synchronization.explain(user, context.signal);
  if (options.json) return void (await printJson(explanation));
  await printFacts([
    ['User', explanation.isUser ? explanation.user : `${explanation.user}, not a user here yet`],
    ['In the directory', explanation.isInDirectory ? 'yes' : 'not seen'],
    ['Belongs to', explanation.item ?? 'no item'],
  ]);
  await write('\n');
  if (explanation.items.length > 0) {
    await printTable(explanation.items, [
      { title: 'Item', value: (item) => item.name },
      { title: 'Matches', value: matchText },
      { title: 'State', value: (item) => (item.enabled ? 'on' : 'off') },
      { title: 'Wins', value: (item) => (item.wins ? 'yes' : '') },
    ]);
  }
  for (const { problem } of explanation.items) if (problem !== null) await write(`${plainText(problem)}\n`);
  await printTable(Object.entries(explanation.fields), [
    { title: 'Field', value: ([name]) => name },
    { title: 'Value', value: ([, { value }]) => (typeof value === 'string' ? value : JSON.stringify(value)) },
    { title: 'From', value: ([, { from }]) => from },
  ]);
  return undefined;
}
