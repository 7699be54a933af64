import type { Liquid } from 'liquidjs';
import { escapeMarkup, liquidEngine } from '../../liquid/liquid-engine.ts';
import type { Language } from '../../users/method.ts';
import type { MailContent } from '../mail-content.ts';
import { htmlSourceOf, type TemplateSource } from './template-source.ts';
import type { TemplateValues } from './variables.ts';

/** @param output `html` escapes what variables put in */
export function templateEngine(output: 'text' | 'html'): Liquid {
  return liquidEngine(output === 'html' ? escapeMarkup : null);
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
