import { type Language, type Method, usesPin } from '../../users/method.ts';
import {
  type Composition,
  type Paragraph,
  readComposition,
  readSentences,
  type Sentences,
} from './built-in-files.ts';
import type { TemplateKey } from './template-key.ts';
import type { TemplateSource } from './template-source.ts';

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
    const text = kinds[kind].map((block): string => {
      if (block === 'steps') {
        const list = (method === null ? [] : (steps[method][mode] ?? [])).map(sentence);
        return `${list.map((step, index) => `${index + 1}. ${step}`).join('\n')}\n\n`;
      }
      const isMeant =
        method === null || ((block.methods?.includes(method) ?? true) && (!block.pin || usesPin(mode)));
      return isMeant ? conditional(block, `${sentence(block.part)}\n\n`) : '';
    });
    return {
      subject: sentence(subjects[kind]),
      text: text.join(''),
      html: 'fromText',
      cc: [],
      attachments: [],
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
