import { Liquid, type LiquidOptions } from 'liquidjs';
import type { Language } from '../../users/method.ts';
import type { MailContent } from '../mail-content.ts';
import { htmlSourceOf, type TemplateSource } from './template-source.ts';
import type { TemplateValues } from './variables.ts';

/** Characters of one part. */
export const maximumTemplateLength = 100_000;

const options: LiquidOptions = {
  outputDelimiterLeft: '<$',
  outputDelimiterRight: '$>',
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  // An empty text counts as missing, so that `{% if phone %}` means what it says.
  jsTruthy: true,
  parseLimit: maximumTemplateLength,
  // Milliseconds: more than any mail needs on a busy machine, and an end for a loop that has none.
  renderLimit: 1000,
  memoryLimit: 1_000_000,
  // Nothing is read from the disk, whatever a template asks for.
  templates: {},
};

/** Tags that would bring in another file. */
const fileTags = ['include', 'render', 'layout', 'block'];

/** @param output `html` escapes what variables put in */
export function templateEngine(output: 'text' | 'html'): Liquid {
  const engine = new Liquid(output === 'html' ? { ...options, outputEscape: 'escape' } : options);
  for (const tag of fileTags) delete engine.tags[tag];
  // Would put in what a user is called as HTML.
  delete engine.filters.raw;
  return engine;
}

/** Renders mails; its engines are made once. */
export class TemplateRenderer {
  readonly #text = templateEngine('text');
  readonly #html = templateEngine('html');

  /** @throws what LiquidJS throws; a template that was checked when it was saved renders */
  render(source: TemplateSource, values: TemplateValues, language: Language): MailContent {
    const { subject, text, cc } = source;
    const html = htmlSourceOf(source, language);
    const scope = { ...values };
    const plain = (part: string) => String(this.#text.parseAndRenderSync(part, scope));
    return {
      subject: plain(subject).replace(/\s+/g, ' ').trim(),
      text: `${plain(text).trim()}\n`,
      html: html === null ? null : String(this.#html.parseAndRenderSync(html, scope)),
      cc: [...cc],
    };
  }
}
