import type { Command } from 'commander';
import { timestamp } from '../core/clock.ts';
import { plainText } from '../core/plain-text.ts';
import type { ServiceEvent } from '../core/service.ts';
import { act, examples, paragraph } from './act.ts';
import type { CommandContext } from './context.ts';
import { outlastReader, printJson } from './output.ts';

export function defineServe(command: Command): void {
  command
    .addHelpText(
      'after',
      `${examples(
        ['serve', 'deliver mail until Ctrl+C or SIGTERM; what happens is told on standard error'],
        ['serve --json', 'one line of JSON for everything that happens, on standard output'],
      )}\n${paragraph(
        'It stays in the foreground, for a service manager to look after. Several may run, and consoles beside them: one of them delivers, the others take over when it ends.',
      )}\n`,
    )
    .action(act(serve));
}

async function serve(context: CommandContext): Promise<undefined> {
  const { runService } = await import('../core/service.ts');
  const core = await context.core();
  const { signal } = context;
  // Mails go on, whoever reads of them.
  outlastReader();
  const tell = (event: string, text: string, more: object = {}) => {
    const at = timestamp(core.clock());
    if (context.options.json) void printJson({ at, event, ...more });
    else process.stderr.write(`${at} ${plainText(text)}\n`);
  };
  const { path } = core.dataDirectory;
  tell('serviceStarted', `The service runs as process ${process.pid} on ${path}.`, {
    pid: process.pid,
    dataDirectory: path,
  });
  signal.addEventListener('abort', () => tell('serviceStopping', 'The service is stopping.'));
  await runService(core, {
    signal,
    onEvent: ({ kind, ...more }) => tell(kind, textOf({ kind, ...more } as ServiceEvent), more),
  });
  tell('serviceStopped', 'The service has stopped.');
  return undefined;
}

function textOf(event: ServiceEvent): string {
  switch (event.kind) {
    case 'started':
      return 'Mail is delivered by this process.';
    case 'auditTrimmed':
      return `${event.events} audit events were removed, because they were kept for long enough.`;
    case 'auditNotTrimmed':
      return `No audit events were removed: ${event.why}`;
    case 'stopped':
      return 'Mail is no longer delivered by this process.';
    case 'waiting':
      return event.why;
    case 'held':
      return `Mails wait: ${event.why}`;
    case 'paused':
      return `Mails wait until ${event.until}: ${event.why}`;
    case 'deferred':
      return `${mailText(event)} waits until ${event.until}: ${event.why}`;
    case 'sent':
    case 'failed':
    case 'inDoubt':
    case 'cancelled':
      return `${mailText(event)} ${verbs[event.kind]}: ${event.why}`;
  }
}

const verbs = {
  sent: 'was sent',
  failed: 'failed',
  inDoubt: 'is in doubt',
  cancelled: 'was cancelled',
} as const;

function mailText({ mail }: Extract<ServiceEvent, { mail: unknown }>): string {
  return `Mail ${mail.id} (${mail.kind}) for ${mail.username} to ${mail.to}`;
}
