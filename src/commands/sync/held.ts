import type { Command } from 'commander';
import type { HeldChange } from '../../core/sync/held-list.ts';
import { utcTime } from '../../core/utc-time.ts';
import { act, examples } from '../act.ts';
import type { CommandContext, CommonOptions } from '../context.ts';
import { parseRunId } from '../import.ts';
import { printJson, printTable } from '../output.ts';
import { parseLimit } from '../runs.ts';

interface HeldOptions extends CommonOptions {
  text?: string;
  limit?: string;
}

export function defineSyncHeld(command: Command): void {
  command
    .command('held [run]')
    .description('list what a run holds for approval and nobody has decided about; without a run, the newest')
    .option('--text <text>', 'only where username, item or reason has this text')
    .option('--limit <n>', 'how many; left out: all')
    .addHelpText(
      'after',
      examples(
        ['sync held', 'who would be disabled or removed, why, and when they were seen last'],
        ['sync held 12 --text Sales --json', 'for a script'],
      ),
    )
    .action(act<HeldOptions>(listHeld));
}

async function listHeld(context: CommandContext, options: HeldOptions, id?: string): Promise<undefined> {
  const { synchronization, runs } = await context.core();
  const { approvals } = synchronization;
  const run = id === undefined ? approvals.newest() : runs.find(parseRunId(id));
  const { text } = options;
  const limit = options.limit === undefined ? {} : { limit: parseLimit(options.limit) };
  const held = run === null ? [] : approvals.held(run.id, { text, ...limit });
  if (options.json) return void (await printJson({ run: run?.id ?? null, held: held.map(heldJson) }));
  if (held.length === 0) context.note(run === null ? 'No run waits for approval.' : 'Nothing is held.');
  else {
    await printTable<HeldChange>(held, [
      { title: 'Username', value: ({ username }) => username },
      { title: 'Would be', value: ({ takeaway }) => takeaway, isWhole: true },
      {
        title: 'Last seen (UTC)',
        value: ({ lastSeenAt }) => (lastSeenAt === null ? '-' : utcTime(lastSeenAt)),
        isWhole: true,
      },
      { title: 'Item', value: ({ item }) => item, isExtra: true },
      { title: 'Why', value: ({ reason }) => reason, isExtra: true, least: 20 },
    ]);
  }
  return undefined;
}

function heldJson({ username, directoryId, takeaway, reason, item, noticedAt, lastSeenAt }: HeldChange) {
  return { username, directoryId, change: takeaway, reason, item, noticedAt, lastSeenAt };
}
