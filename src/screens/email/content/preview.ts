import { attachmentText } from '../../../core/email/attachment.ts';
import type { MailContent } from '../../../core/email/mail-content.ts';
import type { TemplateProblem } from '../../../core/email/templates/check-template.ts';
import type { ComposeServices } from '../../../core/email/templates/compose-mail.ts';
import {
  inventedName,
  type PreviewRequest,
  previewTemplate,
} from '../../../core/email/templates/preview-template.ts';
import { isNoticeKey } from '../../../core/email/templates/template-key.ts';
import { templatePartNames } from '../../../core/email/templates/template-source.ts';
import { displayText, wrapWords } from '../../terminal/display-text.ts';
import type { Token } from '../../theme/style.ts';
import type { Span } from '../../widgets/line/spans.ts';
import { type BodyView, bodyLines, bodyViewNames } from '../mail-body/mail-body.ts';

/** A mail as it would be, or what is wrong with its template. */
export type Preview =
  | { readonly content: MailContent; readonly whom: string }
  | { readonly problems: readonly TemplateProblem[] };

/** @param problems what was found in the template */
export function makePreview(
  services: ComposeServices,
  request: PreviewRequest,
  problems: readonly TemplateProblem[],
): Preview {
  if (problems.length > 0) return { problems };
  return { content: previewTemplate(services, request), whom: whomOf(request) };
}

function whomOf({ key, user }: PreviewRequest): string {
  if (isNoticeKey(key)) return 'administrators, about an invented run';
  return user === null ? `${inventedName} (invented)` : user.username;
}

/** A preview in lines of a width. */
export function previewLines(preview: Preview, view: BodyView, width: number): readonly (readonly Span[])[] {
  if ('problems' in preview) {
    return preview.problems.flatMap(({ part, message, advice }) => [
      ...wrapped(`! ${message}`, width, 'error'),
      ...wrapped(advice ?? `The ${templatePartNames[part]} cannot be saved like this.`, width, 'dim'),
    ]);
  }
  const { content, whom } = preview;
  return [
    ...wrapped(`${bodyViewNames[view]}, for ${whom}`, width, 'dim'),
    ...wrapped(content.subject, width, 'heading'),
    ...(content.cc.length === 0 ? [] : wrapped(`Cc: ${content.cc.join(', ')}`, width, 'dim')),
    ...(content.attachments === undefined
      ? []
      : wrapped(`With ${content.attachments.map(attachmentText).join(', ')}`, width, 'dim')),
    [],
    ...bodyLines(content, view).flatMap((line) => wrapped(line, width)),
  ];
}

function wrapped(text: string, width: number, token?: Token): Span[][] {
  // Text of any length is made harmless piece by piece, because a line that is drawn has an end.
  const pieces = text.replaceAll('\t', '    ').match(/[\s\S]{1,400}/g) ?? [''];
  return wrapWords(pieces.map(displayText).join(''), Math.max(1, width)).map((line) => [
    { text: line, token },
  ]);
}
