import { MfaError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { MailFileRow } from '../store/tables.ts';
import type { Attachment, NewAttachment } from './attachment.ts';

/** The bytes of attachments, each kept once and as long as a template or a mail of the outbox has it. */
export class MailFiles {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  has({ sha256 }: Attachment): boolean {
    return this.#store.prepare('SELECT 1 FROM mail_files WHERE sha256 = ?').get(sha256) !== undefined;
  }

  add({ attachment, bytes }: NewAttachment): void {
    this.#store.prepare('INSERT OR IGNORE INTO mail_files VALUES (?, ?)').run(attachment.sha256, bytes);
  }

  /** @throws {MfaError} `mail.attachmentGone` */
  read({ sha256, name }: Attachment): Buffer {
    const row = this.#store.prepare<MailFileRow>('SELECT * FROM mail_files WHERE sha256 = ?').get(sha256);
    if (row !== undefined) return Buffer.from(row.content);
    throw new MfaError('mail.attachmentGone', `The attachment ${name} is not there any more.`, {
      advice: 'Attach it to the template again.',
    });
  }

  /** Removes files that neither a template nor a mail has any more. For the transaction that took them away. */
  removeUnused(): void {
    this.#store
      .prepare(
        `DELETE FROM mail_files
           WHERE NOT EXISTS (SELECT 1 FROM template_overrides WHERE instr(source, mail_files.sha256) > 0)
           AND NOT EXISTS (SELECT 1 FROM outbox WHERE instr(outbox.content, mail_files.sha256) > 0)`,
      )
      .run();
  }
}
