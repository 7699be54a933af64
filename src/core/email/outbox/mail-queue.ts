import { randomUUID } from 'node:crypto';
import { timestamp } from '../../clock.ts';
import { isMfaError, MfaError, messageOf } from '../../errors.ts';
import type { OutboxRow } from '../../store/tables.ts';
import type { User } from '../../users/user.ts';
import type { EmailSettings } from '../email-settings.ts';
import type { MailContent } from '../mail-content.ts';
import { composeMail, templateKeyOf } from '../templates/compose-mail.ts';
import { MailTemplates } from '../templates/mail-templates.ts';
import type { MailKind, TemplateKey } from '../templates/template-key.ts';
import type { OutboxContext } from './outbox-context.ts';
import { mailEvent, mailFromRow, type OutboxMail } from './outbox-mail.ts';
import { insertMailRow } from './outbox-rows.ts';
import { hiddenPin, sealText } from './sealed-text.ts';
import { addressOf, addressProblem, settingsProblem } from './sending-problems.ts';

/** A mail that is due to a user. */
export interface DueMail {
  readonly user: User;
  readonly kind: MailKind;
  /** The PIN that the user must learn; kept sealed until the mail was sent, and then no more. */
  readonly pin?: string | null | undefined;
  readonly applicationName?: string | null | undefined;
}

/** What a due mail comes to: its template and text as far as they could be made, and what keeps it from being sent. */
export interface PreparedMail {
  readonly key: TemplateKey | null;
  /** With the PIN. */
  readonly content: MailContent | null;
  /** The PIN hidden. */
  readonly shown: MailContent | null;
  readonly recipient: string | null;
  readonly problem: MfaError | null;
}

/**
 * Writes due mails and puts them into the outbox. Its calls are synchronous, so that a mail is queued in the
 * transaction of the change that it tells of: either both are there or none.
 */
export class MailQueue {
  readonly #context: OutboxContext;
  readonly #templates: MailTemplates;

  constructor(context: OutboxContext) {
    this.#context = context;
    this.#templates = new MailTemplates(context);
  }

  /**
   * Stores a mail that is due. One that cannot be sent (no address, switched off, no From address, a template that
   * does not work) is stored as `notSent` with the reason, and nothing is thrown.
   */
  add(due: DueMail): OutboxMail {
    return this.insert(due, this.prepare(due));
  }

  /** Stores a mail that was prepared. @param repeats the mail that it sends again */
  insert(
    { user, kind, pin }: DueMail,
    { key, content, shown, recipient, problem }: PreparedMail,
    repeats: number | null = null,
  ): OutboxMail {
    const { store, audit, clock, actor, secrets, emailSettings } = this.#context;
    const now = timestamp(clock());
    const messageId = newMessageId(emailSettings.load());
    const columns = {
      user_id: user.id,
      username: user.username,
      recipient,
      kind,
      method: key?.method ?? null,
      mode: key?.mode ?? null,
      language: key?.language ?? null,
      message_id: messageId,
      state: problem === null ? 'queued' : 'notSent',
      why_code: problem?.code ?? null,
      why: problem?.sentence ?? null,
      attempts: 0,
      queued_at: now,
      queued_by: actor,
      waiting_since: now,
      next_attempt_at: problem === null ? now : null,
      finished_at: problem === null ? null : now,
      repeats,
      size: sizeOf(content),
      with_pin: pin ? 1 : 0,
      subject: shown?.subject ?? null,
      content: shown === null ? null : JSON.stringify(shown),
      sealed: pin ? sealText(secrets, messageId, { pin, content }) : null,
    } satisfies Partial<OutboxRow>;
    return store.transaction(() => {
      const mail = mailFromRow(insertMailRow(store, columns));
      if (problem !== null) audit.append(mailEvent('notSent', mail, problem.sentence));
      return mail;
    });
  }

  /** Writes the mail, and finds out what would keep it from being sent; stores nothing. */
  prepare(due: DueMail): PreparedMail {
    const settings = this.#context.emailSettings.load();
    const written = this.#write(due);
    const recipient = addressOf(due.user);
    const problem = settingsProblem(settings) ?? addressProblem(due.user) ?? written.problem;
    return { ...written, recipient, problem };
  }

  #write(due: DueMail): Pick<PreparedMail, 'key' | 'content' | 'shown' | 'problem'> {
    const { companySettings } = this.#context;
    const services = { templates: this.#templates, companySettings };
    let key: TemplateKey | null = null;
    try {
      key = templateKeyOf(due.user, due.kind, companySettings.load());
      const content = composeMail(services, due);
      const shown = due.pin ? composeMail(services, { ...due, pin: hiddenPin }) : content;
      return { key, content, shown, problem: null };
    } catch (error) {
      return { key, content: null, shown: null, problem: compositionProblem(due, error) };
    }
  }
}

/** Bytes of what a mail says, and of what goes along with it. */
export function sizeOf(content: MailContent | null): number {
  if (content === null) return 0;
  const { subject, text, html, attachments = [] } = content;
  const files = attachments.reduce((sum, { size }) => sum + size, 0);
  return files + Buffer.byteLength(`${subject}${text}${html ?? ''}`);
}

/** A name for a mail that no other has (RFC 5322 3.6.4). */
export function newMessageId({ from }: EmailSettings): string {
  return `<${randomUUID()}@${from.split('@')[1] ?? 'mfa-console.invalid'}>`;
}

function compositionProblem({ user, kind }: DueMail, error: unknown): MfaError {
  if (isMfaError(error)) return error;
  return new MfaError(
    'template.invalid',
    `The mail ${kind} to ${user.username} could not be written from its template: ${messageOf(error)}.`,
    {
      advice: 'Mend or reset the template with "mfa-console email templates", then retry the mail.',
      cause: error,
    },
  );
}
