import { type DiffLine, lineDiff } from '../../line-diff.ts';
import type { Language } from '../../users/method.ts';
import { type Attachment, attachmentText } from '../attachment.ts';
import {
  differentParts,
  htmlSourceOf,
  type TemplatePart,
  type TemplateSource,
  templateParts,
} from './template-source.ts';

/** How a part of a template differs from that of another one. */
export interface PartDifference {
  readonly part: TemplatePart;
  readonly lines: readonly DiffLine[];
}

/**
 * The parts in which two templates differ, line by line. HTML that is made from the plain text on both sides differs
 * by that alone and is left out.
 */
export function compareTemplates(
  before: TemplateSource,
  after: TemplateSource,
  language: Language,
): PartDifference[] {
  const different = differentParts(before, after);
  return templateParts
    .filter((part) => different.includes(part))
    .map((part) => {
      const [old, now] = [before, after].map((source) => textOf(source, part, language));
      return { part, lines: lineDiff(old ?? '', now ?? '') };
    });
}

/** With a part of its digest, which tells two files of one name apart. */
function attachmentLine(attachment: Attachment): string {
  return `${attachmentText(attachment)} ${attachment.sha256.slice(0, 8)}`;
}

function textOf(source: TemplateSource, part: TemplatePart, language: Language): string {
  if (part === 'cc') return source.cc.join('\n');
  if (part === 'attachments') return source.attachments.map(attachmentLine).join('\n');
  return part === 'html' ? (htmlSourceOf(source, language) ?? '') : source[part];
}
