import type { Liquid, Template } from 'liquidjs';
import { escapeMarkup, liquidEngine } from '../../liquid/liquid-engine.ts';
import type { Language } from '../../users/method.ts';
import type { MailContent } from '../mail-content.ts';
import { htmlSourceOf, type TemplateSource } from './template-source.ts';

/** @param output `html` escapes what variables put in */
export function templateEngine(output: 'text' | 'html'): Liquid {
  return liquidEngine(output === 'html' ? escapeMarkup : null);
}

/** Texts that are kept parsed: those of all kinds of mail that a company sends at a time. */
const keptTexts = 200;

/** Renders texts with an engine; parsing them takes most of the time, and an import writes thousands from a few. */
class KeptTexts {
  readonly #engine: Liquid;
  readonly #parsed = new Map<string, Template[]>();

  constructor(engine: Liquid) {
    this.#engine = engine;
  }

  render(text: string, scope: object): string {
    let parsed = this.#parsed.get(text);
    if (parsed === undefined) {
      parsed = this.#engine.parse(text);
      if (this.#parsed.size >= keptTexts) this.#parsed.clear();
      this.#parsed.set(text, parsed);
    }
    return String(this.#engine.renderSync(parsed, scope));
  }
}

/** Renders mails; its engines are made once. */
export class TemplateRenderer {
  readonly #text = new KeptTexts(templateEngine('text'));
  readonly #html = new KeptTexts(templateEngine('html'));

  /** @throws what LiquidJS throws; a template that was checked when it was saved renders */
  render(source: TemplateSource, values: Readonly<Record<string, string>>, language: Language): MailContent {
    const { subject, text, cc, attachments } = source;
    const html = htmlSourceOf(source, language);
    const scope = { ...values };
    const plain = (part: string) => this.#text.render(part, scope);
    return {
      subject: plain(subject).replace(/\s+/g, ' ').trim(),
      text: `${plain(text).trim()}\n`,
      html: html === null ? null : this.#html.render(html, scope),
      cc: [...cc],
      ...(attachments.length > 0 && { attachments }),
    };
  }
}
