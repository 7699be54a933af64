import * as z from 'zod';
import type { Language } from '../../users/method.ts';
import type { Attachment } from '../attachment.ts';
import { htmlOfText } from './html-of-text.ts';

/** The parts of a template that can be changed, in the order in which they are read. */
export const templateParts = ['subject', 'cc', 'text', 'html', 'attachments'] as const;
export type TemplatePart = (typeof templateParts)[number];
/** The parts that are typed. */
export type TypedPart = Exclude<TemplatePart, 'attachments'>;

export const templatePartNames: Record<TemplatePart, string> = {
  subject: 'subject',
  cc: 'Cc',
  text: 'plain text',
  html: 'HTML',
  attachments: 'attachments',
};

const htmlSchema = z.union([
  z.enum(['fromText', 'none']),
  z.object({ source: z.string() }),
  // As it was stored while HTML was always a text of its own, or none.
  z.string().transform((source) => ({ source })),
  z.null().transform(() => 'none' as const),
]);

/** A template as it is stored. */
export const templateSourceSchema = z.object({
  subject: z.string(),
  text: z.string(),
  html: htmlSchema,
  cc: z.array(z.string()),
  attachments: z.array(z.object({ name: z.string(), size: z.number(), sha256: z.string() })).default([]),
});

/**
 * Where a mail has its HTML from: made from the plain text, so that who edits the text edits both; nowhere, so that
 * the plain text is sent alone; or a text of its own, which does not follow the plain text.
 */
export type HtmlPart = z.infer<typeof htmlSchema>;

/** The text of a template, in Liquid with `<$` and `$>` around variables. */
export interface TemplateSource {
  subject: string;
  text: string;
  html: HtmlPart;
  /** Mail addresses. */
  cc: string[];
  attachments: Attachment[];
}

/** The HTML of a template in Liquid, wherever it comes from; null where the plain text is sent alone. */
export function htmlSourceOf({ html, text }: TemplateSource, language: Language): string | null {
  if (html === 'none') return null;
  return html === 'fromText' ? htmlOfText(text, language) : html.source;
}

/** The parts in which two templates differ. */
export function differentParts(before: TemplateSource, after: TemplateSource): TemplatePart[] {
  return templateParts.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]));
}
