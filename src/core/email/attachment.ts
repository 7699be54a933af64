import { createHash } from 'node:crypto';

/** A file that goes along with mails. Its bytes are kept once, whatever the number of mails; see `MailFiles`. */
export interface Attachment {
  /** As the reader sees it; its ending says what it is. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Of the bytes, in hexadecimal digits. */
  readonly sha256: string;
}

/** A file to attach, with its bytes. */
export interface NewAttachment {
  readonly attachment: Attachment;
  readonly bytes: Buffer;
}

/** Bytes of all attachments of a mail: thousands of them may leave at once, and servers take 10 to 25 MB. */
export const maximumAttachmentsSize = 3 * 1024 * 1024;

export function newAttachment(name: string, bytes: Buffer): NewAttachment {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { attachment: { name, size: bytes.length, sha256 }, bytes };
}

/** What is wrong with a list of attachments, as a sentence; null when nothing is. */
export function attachmentsProblem(attachments: readonly Attachment[]): string | null {
  for (const [index, { name, size }] of attachments.entries()) {
    if (!/^[^\p{C}/\\:*?"<>|]{1,120}$/u.test(name) || name.trim() !== name || /^\.+$/.test(name)) {
      return `The attachment ${JSON.stringify(name)} has a name that not every system takes.`;
    }
    if (size === 0) return `The attachment ${name} is empty.`;
    const isSame = ({ name: other }: Attachment) => other.toLowerCase() === name.toLowerCase();
    if (attachments.findIndex(isSame) !== index) return `There are two attachments called ${name}.`;
  }
  const total = attachments.reduce((sum, { size }) => sum + size, 0);
  if (total <= maximumAttachmentsSize) return null;
  return `The attachments have ${total} bytes together; ${maximumAttachmentsSize} are the most.`;
}

/** "guide.pdf (12 kB)". */
export function attachmentText({ name, size }: Attachment): string {
  return `${name} (${size < 1000 ? `${size} bytes` : `${Math.round(size / 1000)} kB`})`;
}
