import { isMfaError, MfaError, messageOf } from '../../errors.ts';
import type { User } from '../../users/user.ts';
import { composeMail, templateKeyOf } from '../templates/compose-mail.ts';
import { MailTemplates } from '../templates/mail-templates.ts';
import type { UserMailKind, UserTemplateKey } from '../templates/template-key.ts';
import { insertMail, type PreparedMail } from './insert-mail.ts';
import type { OutboxContext } from './outbox-context.ts';
import type { OutboxMail } from './outbox-mail.ts';
import { hiddenPin } from './sealed-text.ts';
import { addressOf, addressProblem, settingsProblem } from './sending-problems.ts';

/** A mail that is due to a user. */
export interface DueMail {
  readonly user: User;
  readonly kind: UserMailKind;
  /** The PIN that the user must learn; kept sealed until the mail was sent, and then no more. */
  readonly pin?: string | null | undefined;
  readonly applicationName?: string | null | undefined;
}

/**
 * Writes due mails to users and puts them into the outbox. Its calls are synchronous, so that a mail is queued in the
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
    const { user, kind, pin } = due;
    const purpose = { userId: user.id, username: user.username, kind, pin };
    return insertMail(this.#context, purpose, this.prepare(due));
  }

  /** Writes the mail, and finds out what would keep it from being sent; stores nothing. */
  prepare(due: DueMail): PreparedMail {
    const settings = this.#context.emailSettings.load();
    const written = this.#write(due);
    const recipient = addressOf(due.user);
    const problem = settingsProblem(settings, due.kind) ?? addressProblem(due.user) ?? written.problem;
    return { ...written, recipient, problem };
  }

  #write(due: DueMail): Pick<PreparedMail, 'key' | 'content' | 'shown' | 'problem'> {
    const { companySettings } = this.#context;
    const services = { templates: this.#templates, companySettings };
    let key: UserTemplateKey | null = null;
    try {
      key = templateKeyOf(due.user, due.kind, companySettings.load());
      const content = composeMail(services, due);
      const shown = due.pin ? composeMail(services, { ...due, pin: hiddenPin }) : content;
      return { key, content, shown, problem: null };
    } catch (error) {
      const problem = compositionProblem(`The mail ${due.kind} to ${due.user.username}`, error);
      return { key, content: null, shown: null, problem };
    }
  }
}

/** Why a mail has no text. @param what the mail, as it begins a sentence */
export function compositionProblem(what: string, error: unknown): MfaError {
  if (isMfaError(error)) return error;
  return new MfaError(
    'template.invalid',
    `${what} could not be written from its template: ${messageOf(error)}.`,
    {
      advice: 'Mend or reset the template with "mfa-console email templates", then retry the mail.',
      cause: error,
    },
  );
}
