import { MfaError } from '../errors.ts';
import { isLanguage, type Language, languages, modesOf } from '../users/method.ts';

/** The methods whose texts the company words itself: what a text message says, and what asks for the code of a token. */
export const wordingMethods = ['textMessage', 'oathToken'] as const;
export type WordingMethod = (typeof wordingMethods)[number];
export type WordingMode = (typeof modesOf)[WordingMethod][number];

/** Which of the wordings. */
export interface WordingKey {
  readonly method: WordingMethod;
  readonly mode: WordingMode;
  readonly language: Language;
}

/** Every wording that there is, in the order of documents. */
export function allWordingKeys(): WordingKey[] {
  return wordingMethods.flatMap((method) =>
    modesOf[method].flatMap((mode) => languages.map((language) => ({ method, mode, language }))),
  );
}

/** As it stands in the audit log and in exports: `textMessage/oneWayOtp/de`. */
export function wordingName({ method, mode, language }: WordingKey): string {
  return `${method}/${mode}/${language}`;
}

/** @throws {MfaError} `wording.unknown`, with the words that would do */
export function parseWordingKey(method: string, mode: string, language: string): WordingKey {
  const knownMethod = wordingMethods.find((one) => one === method);
  if (knownMethod === undefined) throw unknown('wording of the method', method, wordingMethods);
  const knownMode = modesOf[knownMethod].find((one) => one === mode);
  if (knownMode === undefined) throw unknown(`mode of ${method}`, mode, modesOf[knownMethod]);
  if (!isLanguage(language)) throw unknown('language', language, languages);
  return { method: knownMethod, mode: knownMode, language };
}

/** @throws {MfaError} `wording.unknown` */
export function parseWordingName(name: string): WordingKey {
  const [method = '', mode = '', language = '', ...rest] = name.split('/');
  if (rest.length === 0) return parseWordingKey(method, mode, language);
  throw new MfaError('wording.unknown', `There is no wording "${name}".`, {
    advice: 'Write it like textMessage/oneWayOtp/de.',
  });
}

function unknown(what: string, word: string, words: readonly string[]): MfaError {
  return new MfaError('wording.unknown', `There is no ${what} "${word}".`, {
    advice: `Use ${words.join(', ')}.`,
  });
}
