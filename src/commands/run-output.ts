import { countText } from '../core/count-text.ts';
import { plainText } from '../core/plain-text.ts';
import {
  hasReachedItsEnd,
  type Run,
  type RunChange,
  type RunCounts,
  runStateNames,
} from '../core/runs/run.ts';
import { readingText } from '../core/runs/run-texts.ts';
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
  const preview = run.purpose === 'import' ? 'Preview' : 'Simulation';
  const title = run.dryRun ? `${preview} ${run.id} (nothing was changed)` : `Run ${run.id}`;
  const seconds = run.seconds ?? 0;
  const rate = seconds > 0 ? `${countText(counts.read / seconds)}/s` : '-';
  await write(`${title}: ${runStateNames[run.state]}, ${seconds} s, ${rate}\n`);
  if (run.purpose === 'synchronization') await write(`${plainText(readingText(run))}\n`);
  // One that failed before it read anything has nothing to count.
  if (run.state !== 'failed' || counts.read > 0) await printFacts(countFacts(counts, run.dryRun));
  await printProblems(runs, run, 'conflict', counts.conflicts);
  await printProblems(runs, run, 'failed', counts.failed);
  await printProblems(runs, run, 'skipped', counts.skipped);
  if (run.error !== null) await writeError(sentenceOf(run.error.message));
  await printProblems(runs, run, 'held', counts.held);
  await writeNextStep(run);
}

async function writeNextStep({ id, purpose, state, dryRun, counts }: Run): Promise<void> {
  if (dryRun) return;
  if (state === 'awaitingApproval') {
    await write(
      `What is held waits: "mfa-console sync approve ${id}" does it as far as it is still true, "sync reject ${id}" does not.\n`,
    );
  }
  if (state === 'running' || hasReachedItsEnd({ state }) || counts.read === 0) return;
  const command = purpose === 'import' ? `import --resume ${id}` : 'sync run';
  await write(`What was committed stays; "mfa-console ${command}" does the rest.\n`);
}

function countFacts(counts: RunCounts, dryRun: boolean): [string, string][] {
  const would = dryRun ? 'to be ' : '';
  return [
    ['read', counts.read],
    [`${would}added`, counts.added],
    [`${would}updated`, counts.updated],
    ...takeawayFacts(counts, would),
    ['unchanged', counts.unchanged],
    ['skipped', counts.skipped],
    ['conflicts', counts.conflicts],
    ['failed', counts.failed],
    ...mailFacts(counts, dryRun),
  ].map(([label, count]) => [`  ${label}`, countText(Number(count))]);
}

/** What only synchronization does; an import has none of it. */
function takeawayFacts(counts: RunCounts, would: string): [string, number][] {
  const { enabled, disabled, removed, held } = counts;
  const facts: [string, number][] = [
    [`${would}enabled`, enabled],
    [`${would}disabled`, disabled],
    [`${would}removed`, removed],
    [`${would}held for approval`, held],
  ];
  return facts.filter(([, count]) => count > 0);
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
