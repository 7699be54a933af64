import { attachmentText } from '../../../core/email/attachment.ts';
import type { MailContent } from '../../../core/email/mail-content.ts';
import type { Fact } from '../../widgets/facts/facts-lines.ts';
import { htmlText } from './html-text.ts';

/** How the body of a mail is looked at: its plain text, its HTML as readers see it, or the HTML itself. */
export const bodyViews = ['text', 'html', 'source'] as const;
export type BodyView = (typeof bodyViews)[number];

export const bodyViewNames: Record<BodyView, string> = {
  text: 'Plain text',
  html: 'HTML as text',
  source: 'HTML source',
};

export function nextView(view: BodyView): BodyView {
  return bodyViews[(bodyViews.indexOf(view) + 1) % bodyViews.length] ?? view;
}

/** The body of a mail in lines, which may be longer than a terminal is wide. */
export function bodyLines({ text, html }: Pick<MailContent, 'text' | 'html'>, view: BodyView): string[] {
  if (view === 'text') return text.trimEnd().split('\n');
  if (html === null) return ['The mail has no HTML: the plain text is sent alone.'];
  return (view === 'html' ? htmlText(html) : html).trimEnd().split(/\r?\n/);
}

/** A mail as facts: subject, who gets a copy, and the body line by line. */
export function contentFacts(content: MailContent, view: BodyView): Fact[] {
  const { subject, cc, attachments = [] } = content;
  return [
    { label: 'Subject', value: subject, token: 'heading' },
    ...(cc.length === 0 ? [] : [{ label: 'Cc', value: cc.join(', ') }]),
    ...(attachments.length === 0
      ? []
      : [{ label: 'Attachments', value: attachments.map(attachmentText).join(', ') }]),
    ...bodyLines(content, view).map((value, index): Fact => {
      return { label: index === 0 ? bodyViewNames[view] : '', value: value.replaceAll('\t', '    ') };
    }),
  ];
}
