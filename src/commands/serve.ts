import type { Command } from 'commander';
import { timestamp } from '../core/clock.ts';
import { plainText } from '../core/plain-text.ts';
import { act, examples, paragraph } from './act.ts';
import type { CommandContext } from './context.ts';
import { outlastReader, printJson } from './output.ts';
import { serviceEventJson, serviceEventText } from './service-events.ts';

export function defineServe(command: Command): void {
  command
    .addHelpText(
      'after',
      `${examples(
        ['serve', 'synchronize and deliver mail until Ctrl+C or SIGTERM; tells on standard error'],
        ['serve --json', 'one line of JSON for everything that happens, on standard output'],
      )}\n${paragraph(
        'It synchronizes when "mfa-console sync settings" says so, delivers mail, and removes audit events whose time is over. It stays in the foreground, for a service manager to look after. Several may run, and consoles beside them: one of them does the work, the others take over when it ends.',
      )}\n`,
    )
    .action(act(serve));
}

async function serve(context: CommandContext): Promise<undefined> {
  const { runService } = await import('../core/service.ts');
  const core = await context.core();
  const { signal } = context;
  // The work goes on, whoever reads of it.
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
    onEvent: (event) => tell(event.kind, serviceEventText(event), serviceEventJson(event)),
  });
  tell('serviceStopped', 'The service has stopped.');
  return undefined;
}
