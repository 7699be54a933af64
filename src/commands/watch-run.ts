import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { type Run, runJson } from '../core/runs/run.ts';
import { act, examples } from './act.ts';
import type { CommandContext } from './context.ts';
import { parseRunId } from './import.ts';
import { printJson } from './output.ts';
import { ProgressLine } from './progress-line.ts';
import { exitCodeOfRun } from './report-run.ts';
import { printRun } from './run-output.ts';

/** How often it is looked how far the run is; milliseconds. */
const pollMs = 500;

export function defineWatchRun(command: Command): void {
  command
    .command('watch [run]')
    .description('follow a run that another process does, until it has ended')
    .addHelpText(
      'after',
      examples(
        ['runs watch', 'what is going on now; Ctrl+C ends the watching and not the run'],
        ['runs watch 12 --json', 'a line whenever it is further, the last one with its end'],
      ),
    )
    .action(act(watchRun));
}

/** Ends as the run does: with the exit code that the command has which does it. */
async function watchRun(context: CommandContext, _: unknown, id?: string): Promise<number | undefined> {
  const { runs, clock } = await context.core();
  const { json } = context.options;
  const found = id === undefined ? runs.running() : runs.find(parseRunId(id));
  if (found === null) {
    if (json) await printJson({ run: null });
    else context.note('No run is going on.');
    return undefined;
  }
  const progress = new ProgressLine(context.isTerminal && !json);
  let run = found;
  for (let told = ''; ; run = runs.find(run.id)) {
    const now = JSON.stringify(runJson(run));
    if (json && now !== told) await printJson({ run: runJson(run) });
    told = now;
    if (run.state !== 'running') break;
    progress.show({ runId: run.id, counts: run.counts, current: null, seconds: secondsOf(run, clock()) });
    await setTimeout(pollMs, undefined, { signal: context.signal }).catch(() => undefined);
    if (context.signal.aborted) break;
  }
  progress.clear();
  if (run.state === 'running') return undefined;
  if (!json) await printRun(runs, run);
  return exitCodeOfRun(run);
}

function secondsOf({ startedAt }: Run, now: Date): number {
  return Math.max(0, (now.getTime() - Date.parse(startedAt)) / 1000);
}
