import { setTimeout } from 'node:timers/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type AuditFilter, lastAuditSequence, listAudit, readAudit } from '../core/audit/audit-query.ts';
import { parseChainPoint } from '../core/audit/chain-point.ts';
import { exportAudit } from '../core/audit/export-audit.ts';
import { verifyAudit } from '../core/audit/verify-audit.ts';
import { type ExportFormat, exportFormats } from '../core/export-parts.ts';
import { parseMoment } from '../core/moment.ts';
import { act, examples } from './act.ts';
import { printEventLine, printEvents } from './audit-output.ts';
import { defineTrim } from './audit-trim.ts';
import type { CommandContext } from './context.ts';
import { type ExportOptions, exportFormat, writeExport } from './export.ts';
import { printJson, printTable, write } from './output.ts';

interface FilterOptions {
  action?: string;
  target?: string;
  actor?: string;
  result?: string;
  since?: string;
  until?: string;
  text?: string;
}

type ExportEventsOptions = FilterOptions & ExportOptions<ExportFormat>;

/** How often `follow` looks whether another process wrote something; milliseconds. */
const pollMs = 250;
const eventsPerRead = 500;

export function defineAudit(command: Command): void {
  withFilter(command.command('list'))
    .description('list audit events, the newest first')
    .option('--limit <n>', 'at most this many', count, 50)
    .addHelpText(
      'after',
      examples(
        ['audit list --target jdoe', 'what happened to a user'],
        ['audit list --action user --result failure --since 7d', 'what failed with users this week'],
      ),
    )
    .action(act<FilterOptions & { limit: number }>(listEvents));
  withFilter(command.command('follow'))
    .description('print audit events as they happen, until Ctrl+C')
    .option('--last <n>', 'begin with this many earlier ones', count, 10)
    .addHelpText(
      'after',
      examples(
        ['audit follow', 'watch everything'],
        ['audit follow --json --last 0 --action user', 'feed another program, one JSON document per line'],
      ),
    )
    .action(act<FilterOptions & { last: number }>(followEvents));
  command
    .command('verify')
    .description('check that no audit event was changed, inserted or removed')
    .option('--expect <sequence:hash>', 'a head noted earlier, which the log must still contain')
    .addHelpText(
      'after',
      examples(
        ['audit verify', 'check the log and print its head, which you can note on another machine'],
        [
          'audit verify --expect 1204:9f86d0...',
          'see also whether the database was put back from an older copy',
        ],
      ),
    )
    .action(act<{ expect?: string }>(verifyEvents));
  withFilter(command.command('export'))
    .description('write audit events to a file or to standard output, the oldest first')
    .addOption(new Option('--format <format>', 'of the file; else json').choices(exportFormats))
    .option('--output <file>', 'readable by its owner only; else standard output')
    .addHelpText(
      'after',
      examples(
        ['audit export --format csv --output audit.csv --since 2026-01-01', 'this year for a spreadsheet'],
        ['audit export | gzip > audit.json.gz', 'everything, compressed'],
      ),
    )
    .action(act<ExportEventsOptions>(exportEvents));
  defineTrim(command);
}

function withFilter(command: Command): Command {
  return command
    .option('--action <action>', 'an action, or its beginning, such as user or user.added')
    .option('--target <name>', 'the user, run or setting that it happened to')
    .option('--actor <account>', 'who did it')
    .addOption(new Option('--result <result>', 'how it ended').choices(['success', 'failure', 'denied']))
    .option('--since <time>', 'from then on: 2h, 7d, 2026-03-01, 2026-03-01T08:30')
    .option('--until <time>', 'up to then')
    .option('--text <text>', 'occurs anywhere in the event');
}

async function listEvents(context: CommandContext, options: FilterOptions & { limit: number }) {
  const core = await context.core();
  const events = listAudit(core.store, filterOf(options, core.clock()), options.limit);
  if (context.options.json) await printJson({ events });
  else if (events.length === 0) context.note('No events.');
  else {
    await printEvents(events);
  }
  return undefined;
}

async function followEvents(context: CommandContext, options: FilterOptions & { last: number }) {
  const { store, clock } = await context.core();
  const filter = filterOf(options, clock());
  const print = context.options.json ? printJson : printEventLine;
  let sequence = lastAuditSequence(store);
  const earlier = listAudit(store, filter, options.last).filter((event) => event.sequence <= sequence);
  for (const event of earlier.reverse()) await print(event);
  let version: number | undefined;
  while (!context.signal.aborted) {
    const now = store.dataVersion();
    if (now !== version) {
      version = now;
      // Up to the last event of all, so that events that do not pass the filter are not read again.
      const last = lastAuditSequence(store);
      for (let events = readAudit(store, filter, sequence, eventsPerRead); events.length > 0; ) {
        for (const event of events) await print(event);
        sequence = events.at(-1)?.sequence ?? sequence;
        events = readAudit(store, filter, sequence, eventsPerRead);
      }
      sequence = Math.max(sequence, last);
    }
    await setTimeout(pollMs, undefined, { signal: context.signal }).catch(() => undefined);
  }
  return undefined;
}

async function verifyEvents(context: CommandContext, options: { expect?: string }) {
  const expected = options.expect === undefined ? undefined : parseChainPoint(options.expect);
  const core = await context.core();
  const { ok, events, erased, head, problems } = verifyAudit(core.store, core.audit.key, expected);
  if (context.options.json) await printJson({ ok, events, erased, head, problems });
  else if (ok) {
    await write(
      `The audit log is intact: ${events} events.\n` +
        (erased === 0 ? '' : `${erased} of them told of people whose data was erased.\n`) +
        (head === null
          ? ''
          : `Head ${head}\nNote it on another machine; "audit verify --expect" with it shows later that nothing before it was taken back.\n`),
    );
  } else {
    await write(`The audit log is broken: ${events} events.\n`);
    await printTable(problems, [
      { title: 'Event', value: (problem) => problem.sequence, align: 'right' },
      { title: 'Problem', value: (problem) => problem.problem },
    ]);
  }
  return ok ? undefined : 1;
}

async function exportEvents(context: CommandContext, options: ExportEventsOptions) {
  const format = exportFormat(context, options, 'json');
  const { store, clock } = await context.core();
  return writeExport(context, exportAudit(store, filterOf(options, clock()), format), options.output);
}

function filterOf(options: FilterOptions, now: Date): AuditFilter {
  const { action, target, actor, result, since, until, text } = options;
  return {
    action,
    target,
    actor,
    result,
    text,
    since: since === undefined ? undefined : parseMoment(since, now, 'start'),
    until: until === undefined ? undefined : parseMoment(until, now, 'end'),
  };
}

function count(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
