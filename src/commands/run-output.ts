import { plainText } from '../core/plain-text.ts';
import type { Run, RunChange, RunCounts } from '../core/runs/run.ts';
import type { Runs } from '../core/runs/runs.ts';
import { printFacts, write } from './output.ts';
import { sentenceOf } from './sentence.ts';

/** Problems that a summary names one by one; more are counted. */
const shownProblems = 20;

/** One person of a run on one line, such as `updated  jdoe  email: a@x -> b@x`. */
export function describeChange(change: RunChange): string {
  const fields = Object.entries(change.fields).map(
    ([name, [before, after]]) => `${name}: ${before === null ? '' : `${show(before)} -> `}${show(after)}`,
  );
  const parts = [change.change.padEnd(9), change.username ?? '-', fields.join(', '), change.reason ?? ''];
  return plainText(parts.filter((part) => part !== '').join('  '));
}

/** The summary of a run, with what went wrong; its error goes where the caller wants it. */
export async function printRun(
  runs: Runs,
  run: Run,
  writeError: (sentence: string) => void | Promise<void> = (sentence) => write(`\n${sentence}\n`),
): Promise<void> {
  const { counts } = run;
  const title = run.dryRun ? `Preview ${run.id} (nothing was changed)` : `Run ${run.id}`;
  const seconds = run.seconds ?? 0;
  const rate = seconds > 0 ? `${Math.round(counts.read / seconds).toLocaleString('en')}/s` : '-';
  await write(`${title}: ${run.state}, ${seconds} s, ${rate}\n`);
  await printFacts(countFacts(counts, run.dryRun));
  await printProblems(runs, run, 'conflict', counts.conflicts);
  await printProblems(runs, run, 'failed', counts.failed);
  await printProblems(runs, run, 'skipped', counts.skipped);
  if (run.error !== null) await writeError(sentenceOf(run.error.message));
  const isOver = run.state !== 'completed' && run.state !== 'running';
  if (isOver && !run.dryRun && counts.read > 0) {
    await write(`What was committed stays; "mfa-console import --resume ${run.id}" does the rest.\n`);
  }
}

function countFacts(counts: RunCounts, dryRun: boolean): [string, string][] {
  const would = dryRun ? 'to be ' : '';
  return [
    ['read', counts.read],
    [`${would}added`, counts.added],
    [`${would}updated`, counts.updated],
    ['unchanged', counts.unchanged],
    ['skipped', counts.skipped],
    ['conflicts', counts.conflicts],
    ['failed', counts.failed],
    ...mailFacts(counts, dryRun),
  ].map(([label, count]) => [`  ${label}`, Number(count).toLocaleString('en')]);
}

function mailFacts({ mails, mailsNotSent = 0 }: RunCounts, dryRun: boolean): [string, number][] {
  if (mails === undefined) return [];
  if (dryRun) return [['mails to be sent', mails]];
  return [
    ['mails queued', mails - mailsNotSent],
    ['mails not sent', mailsNotSent],
  ];
}

async function printProblems(
  runs: Runs,
  run: Run,
  change: RunChange['change'],
  count: number,
): Promise<void> {
  if (count === 0) return;
  const lines = runs
    .changes(run.id, { change, limit: shownProblems })
    .map((line) => `  ${describeChange(line)}`);
  const more =
    count > shownProblems
      ? [`  and ${count - shownProblems} more: mfa-console runs show ${run.id} --change ${change}`]
      : [];
  await write(`\n${[...lines, ...more].join('\n')}\n`);
}

function show(value: unknown): string {
  if (value === null || value === undefined) return '-';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
