import { mailJson } from '../../../core/email/outbox/mail-json.ts';
import { mailStateNames, receiverText } from '../../../core/email/outbox/outbox-mail.ts';
import { mailKindNames } from '../../../core/email/templates/template-key.ts';
import { MfaError } from '../../../core/errors.ts';
import { plainText } from '../../../core/plain-text.ts';
import type { CommandContext } from '../../context.ts';
import { printFacts, printJson, write } from '../../output.ts';
import { parseMailId } from './mail-ids.ts';

export interface ShowOptions {
  html?: true;
}

export async function showMail(context: CommandContext, options: ShowOptions, id = ''): Promise<undefined> {
  const { outbox } = await context.core();
  const mail = outbox.find(parseMailId(id));
  const { content } = mail;
  if (options.html) {
    if (content?.html == null) {
      throw new MfaError('mail.notPossible', `Mail ${mail.id} has no HTML.`, { advice: 'Leave --html out.' });
    }
    return void (await write(content.html));
  }
  if (context.options.json) return void (await printJson({ mail: { ...mailJson(mail), content } }));
  const { method, mode, language } = mail;
  await printFacts([
    ['Mail', `${mail.id} ${mail.messageId}`],
    ['State', mailStateNames[mail.state]],
    ['Why', mail.why],
    ['User', receiverText(mail)],
    ['To', mail.recipient],
    ['Kind', mailKindNames[mail.kind]],
    ['Template', language === null ? null : [method, mode, language].filter(Boolean).join(' ')],
    ['Queued', `${mail.queuedAt} by ${mail.queuedBy}`],
    [
      'Attempts',
      mail.lastAttemptAt === null ? mail.attempts : `${mail.attempts}, the last ${mail.lastAttemptAt}`,
    ],
    ['Next attempt', mail.nextAttemptAt],
    ['Finished', mail.finishedAt],
    ['Sends again', mail.repeats === null ? null : `mail ${mail.repeats}`],
    ['PIN', mail.withPin ? 'hidden' : 'none'],
    ['Size', `${mail.size} bytes`],
    ['Cc', content?.cc.join(', ') || null],
    ['Subject', content?.subject ?? null],
  ]);
  if (content !== null) await write(`\n${content.text.trimEnd().split('\n').map(plainText).join('\n')}\n`);
  return undefined;
}
