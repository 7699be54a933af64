import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { MfaError, messageOf } from '../errors.ts';
import { maximumAttachmentsSize, type NewAttachment, newAttachment } from './attachment.ts';

/** A file of this machine, to attach it. @throws {MfaError} `usage.invalid`, `template.invalid` when it is too large */
export function readAttachment(file: string): NewAttachment {
  try {
    const { size } = statSync(file);
    if (size <= maximumAttachmentsSize) return newAttachment(basename(file), readFileSync(file));
    throw new MfaError(
      'template.invalid',
      `The file ${file} has ${size} bytes; ${maximumAttachmentsSize} are the most for all attachments.`,
    );
  } catch (cause) {
    if (cause instanceof MfaError) throw cause;
    throw new MfaError('usage.invalid', `The file ${file} cannot be read: ${messageOf(cause)}.`, { cause });
  }
}
