import type { Acceptance } from '../../core/email/mail-sender.ts';
import { isMfaError, type MfaError } from '../../core/errors.ts';
import { plainText } from '../../core/plain-text.ts';
import type { CommandContext } from '../context.ts';
import { printJson, write } from '../output.ts';
import { applyOptions, type EmailOptions, readNewPassword } from './email-options.ts';

export interface TestOptions extends EmailOptions {
  verbose?: true;
}

export async function testEmail(context: CommandContext, options: TestOptions, to = ''): Promise<undefined> {
  const { emailDelivery } = await context.core();
  const settings = applyOptions(emailDelivery.load().settings, options);
  const password = await readNewPassword(options);
  const conversation: string[] = [];
  const { signal } = context;
  const onConversation = (line: string) => conversation.push(line);
  const outcome = await attempt(() =>
    emailDelivery.sendTest(to, { settings, password, signal, onConversation }),
  );
  const lines = conversation.map(plainText);
  if ('error' in outcome) {
    if (lines.length > 0) context.note(lines.join('\n'));
    throw outcome.error;
  }
  const { response } = outcome;
  if (context.options.json) {
    await printJson({ to, response, ...(options.verbose ? { conversation: lines } : {}) });
    return;
  }
  if (options.verbose && lines.length > 0) context.note(lines.join('\n'));
  await write(`The test to ${plainText(to)} was taken over: ${plainText(response)}\n`);
}

async function attempt(work: () => Promise<Acceptance>): Promise<Acceptance | { readonly error: MfaError }> {
  try {
    return await work();
  } catch (error) {
    if (isMfaError(error)) return { error };
    throw error;
  }
}
