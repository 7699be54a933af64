import type { Command } from 'commander';
import { MfaError } from '../core/errors.ts';
import { parseMoment } from '../core/moment.ts';
import { act, examples, paragraph } from './act.ts';
import { confirm } from './confirm.ts';
import type { CommandContext } from './context.ts';
import { printJson } from './output.ts';

interface TrimOptions {
  before?: string;
}

export function defineTrim(command: Command): void {
  command
    .command('trim')
    .description('remove events that were kept for long enough')
    .option(
      '--before <time>',
      'older than 365d, or before 2026-03-01; else as the setting auditKeptDays says',
    )
    .addHelpText(
      'after',
      examples(
        ['audit export --until 2026-01-01 --output audit-2025.json', 'keep them elsewhere first'],
        ['audit trim --before 365d --dry-run', 'see how many are older than a year'],
        ['settings set auditKeptDays=365', 'let the service remove them day by day'],
      ),
    )
    .addHelpText(
      'after',
      paragraph(
        'The log begins behind a signed note of the last removed event, and verifies as before. Nothing is removed from a ' +
          'log that does not verify.',
      ),
    )
    .action(act<TrimOptions>(trim));
}

async function trim(context: CommandContext, { before }: TrimOptions): Promise<undefined> {
  const core = await context.core();
  const { trimAudit } = await import('../core/audit/trim-audit.ts');
  const { auditKeptDays } = core.companySettings.load();
  const text = before ?? (auditKeptDays === null ? undefined : `${auditKeptDays}d`);
  if (text === undefined) {
    throw new MfaError('usage.invalid', 'Audit events are kept for ever.', {
      advice: 'Say --before 365d, or "mfa-console settings set auditKeptDays=365".',
    });
  }
  const options = { before: parseMoment(text, core.clock(), 'start'), signal: context.signal };
  const planned = await trimAudit(core, { ...options, dryRun: true });
  const dryRun = context.options.dryRun === true;
  if (planned.events > 0) await confirm(context, `Remove ${planned.events} audit events?`, planned.events);
  const { events, head } = dryRun || planned.events === 0 ? planned : await trimAudit(core, options);
  if (context.options.json) return void (await printJson({ trimmed: { events, head }, dryRun }));
  context.print(
    `${dryRun ? 'Would remove' : 'Removed'} ${events} audit ${events === 1 ? 'event' : 'events'}.`,
  );
  return undefined;
}
