import { type Language, type Method, usesPin } from '../../users/method.ts';
import {
  type Composition,
  type Paragraph,
  readComposition,
  readSentences,
  type Sentences,
} from './built-in-files.ts';
import type { TemplateKey } from './template-key.ts';

/** The text of a template, in Liquid with `<$` and `$>` around variables. */
export interface TemplateSource {
  subject: string;
  text: string;
  /** Null sends the plain text alone. */
  html: string | null;
  /** Mail addresses. */
  cc: string[];
}

/** The templates that the product brings along. Files are read when first needed, and once. */
export class BuiltInTemplates {
  #composition: Composition | undefined;
  readonly #sentences = new Map<Language, Sentences>();

  /** What a language calls a method, for `<$method$>`. */
  methodName(method: Method, language: Language): string {
    return this.#language(language).methods[method];
  }

  source({ method, mode, kind, language }: TemplateKey): TemplateSource {
    this.#composition ??= readComposition();
    const { subjects, kinds, steps } = this.#composition;
    const { parts } = this.#language(language);
    const sentence = (name: string): string => {
      const text = parts[name];
      if (text === undefined) throw new Error(`The language ${language} lacks the sentence "${name}".`);
      return text;
    };
    const text: string[] = [];
    const html: string[] = [];
    for (const block of kinds[kind]) {
      if (block === 'steps') {
        const list = (steps[method][mode] ?? []).map(sentence);
        text.push(`${list.map((step, index) => `${index + 1}. ${step}`).join('\n')}\n\n`);
        html.push(`<ol>\n${list.map((step) => `<li>${htmlOf(step)}</li>\n`).join('')}</ol>\n`);
      } else if ((block.methods?.includes(method) ?? true) && (!block.pin || usesPin(mode))) {
        text.push(conditional(block, `${sentence(block.part)}\n\n`));
        html.push(conditional(block, `<p>${htmlOf(sentence(block.part))}</p>\n`));
      }
    }
    return {
      subject: sentence(subjects[kind]),
      text: `${text.join('')}`,
      html: `<!doctype html>\n<html lang="${language}">\n<meta charset="utf-8">\n<body>\n${html.join('')}</body>\n</html>\n`,
      cc: [],
    };
  }

  #language(language: Language): Sentences {
    const known = this.#sentences.get(language) ?? readSentences(language);
    this.#sentences.set(language, known);
    return known;
  }
}

function conditional({ when, unless }: Paragraph, text: string): string {
  if (when !== undefined) return `{% if ${when} %}${text}{% endif %}`;
  return unless === undefined ? text : `{% unless ${unless} %}${text}{% endunless %}`;
}

/** Escapes a sentence but for its variables and tags. */
function htmlOf(sentence: string): string {
  return sentence
    .split(/(<\$.*?\$>|\{%.*?%\})/)
    .map((piece, index) =>
      index % 2 === 1
        ? piece
        : piece.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    )
    .join('');
}
