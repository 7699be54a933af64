import type { MailContent } from '../mail-content.ts';
import { composeNotice } from '../templates/compose-notice.ts';
import { MailTemplates } from '../templates/mail-templates.ts';
import type { NoticeValues } from '../templates/notice-variables.ts';
import { administrators, type NoticeKind, noticeKey } from '../templates/template-key.ts';
import { insertMail, type PreparedMail } from './insert-mail.ts';
import { compositionProblem } from './mail-queue.ts';
import type { OutboxContext } from './outbox-context.ts';
import type { OutboxMail } from './outbox-mail.ts';
import { noAdministrators, settingsProblem } from './sending-problems.ts';

/**
 * Writes mails to the administrators and puts them into the outbox, in the transaction of the caller, as `MailQueue` does
 * for users.
 */
export class NoticeQueue {
  readonly #context: OutboxContext;
  readonly #templates: MailTemplates;

  constructor(context: OutboxContext) {
    this.#context = context;
    this.#templates = new MailTemplates(context);
  }

  /**
   * Stores a mail to each administrator. One that cannot be sent is stored as `notSent` with the reason; so is one when
   * no administrator has an address.
   */
  add<Kind extends NoticeKind>(kind: Kind, values: NoticeValues<Kind>): OutboxMail[] {
    const settings = this.#context.emailSettings.load();
    const key = noticeKey(kind, settings.administratorLanguage);
    let content: MailContent | null = null;
    let problem = settingsProblem(settings, kind);
    try {
      content = composeNotice(this.#templates, kind, values, key.language);
    } catch (error) {
      problem ??= compositionProblem(`The mail ${kind} to the administrators`, error);
    }
    const purpose = { userId: null, username: administrators, kind };
    const prepared: PreparedMail = { key, content, shown: content, recipient: null, problem };
    if (settings.administrators.length === 0) {
      return [insertMail(this.#context, purpose, { ...prepared, problem: problem ?? noAdministrators() })];
    }
    return settings.administrators.map((recipient) =>
      insertMail(this.#context, purpose, { ...prepared, recipient }),
    );
  }
}
