import { countOf, countText } from '../../../core/count-text.ts';
import {
  mailStateNames,
  type OutboxMailWithContent,
  receiverText,
} from '../../../core/email/outbox/outbox-mail.ts';
import { mailKindNames } from '../../../core/email/templates/template-key.ts';
import { languageNames, methodNames, modeNames } from '../../../core/users/method.ts';
import { exactMomentText } from '../../text/moment-text.ts';
import type { Fact } from '../../widgets/facts/facts-lines.ts';
import { type BodyView, contentFacts } from '../mail-body/mail-body.ts';
import { stateToken } from './columns.ts';

/** All that is known of a mail: what became of it first, its text last. */
export function mailFacts(mail: OutboxMailWithContent, view: BodyView): readonly Fact[] {
  const token = stateToken(mail.state);
  const stateText = mailStateNames[mail.state];
  return [
    { label: 'State', value: stateText, ...(token !== undefined && { token }) },
    // What a server said keeps its lines.
    ...(mail.why?.split(/\r?\n/) ?? []).map((value, index): Fact => {
      return { label: index === 0 ? 'Why' : '', value, ...(token !== undefined && { token }) };
    }),
    { label: 'To', value: mail.recipient ?? '(no address)' },
    { label: 'User', value: receiverText(mail) },
    { label: 'Kind', value: `${mailKindNames[mail.kind]}${templateText(mail)}` },
    { label: 'Queued', value: `${exactMomentText(mail.queuedAt)} by ${mail.queuedBy}` },
    ...moment('Next attempt', mail.nextAttemptAt),
    { label: 'Attempts', value: attemptsText(mail) },
    ...moment('Finished', mail.finishedAt),
    ...(mail.repeats === null ? [] : [{ label: 'Sends again', value: `mail ${mail.repeats}` }]),
    { label: 'Message-ID', value: mail.messageId },
    { label: 'PIN', value: pinText(mail) },
    { label: 'Size', value: `${countText(mail.size)} bytes` },
    { label: '', value: '' },
    ...(mail.content === null
      ? [{ label: 'Text', value: 'None could be written.' }]
      : contentFacts(mail.content, view)),
  ];
}

function templateText({ method, mode, language }: OutboxMailWithContent): string {
  if (language === null) return '';
  if (method === null || mode === null) return `, ${languageNames[language]}`;
  return `, ${methodNames[method]}, ${modeNames[mode]}, ${languageNames[language]}`;
}

function pinText({ withPin, state }: OutboxMailWithContent): string {
  if (!withPin) return 'none';
  return state === 'sent' || state === 'cancelled' ? 'was in it, and is not kept' : 'in it, hidden here';
}

function attemptsText({ attempts, lastAttemptAt }: OutboxMailWithContent): string {
  if (lastAttemptAt === null) return 'none';
  return `${countOf(attempts, 'attempt')}, the last at ${exactMomentText(lastAttemptAt)}`;
}

function moment(label: string, iso: string | null): Fact[] {
  return iso === null ? [] : [{ label, value: exactMomentText(iso) }];
}
