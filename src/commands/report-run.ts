import { exitCodeOf } from '../core/errors.ts';
import type { RunOptions } from '../core/import/run-writer.ts';
import { changeJson, hasReachedItsEnd, type Run, type RunChange, runJson } from '../core/runs/run.ts';
import type { Runs } from '../core/runs/runs.ts';
import type { CommandContext } from './context.ts';
import { outlastReader, printJson } from './output.ts';
import { ProgressLine } from './progress-line.ts';
import { describeChange, printRun } from './run-output.ts';
import { sentenceOf } from './sentence.ts';

/**
 * Executes a run, which goes on when nobody reads of it any more, and prints it.
 * @param tellsChanges whether everybody is printed with what happens and why
 */
export async function reportRun(
  context: CommandContext,
  runs: Runs,
  tellsChanges: boolean,
  execute: (options: RunOptions) => Promise<Run>,
): Promise<Run> {
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
          else context.print(describeChange(change));
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
  return run;
}

/** 3 when changes wait for approval. */
export function exitCodeOfRun({ state, counts, error }: Run): number {
  if (state === 'awaitingApproval') return 3;
  if (hasReachedItsEnd({ state })) return counts.failed > 0 ? 1 : 0;
  return error === null ? 1 : exitCodeOf(error.code);
}
