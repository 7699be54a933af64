import { MfaError } from '../../errors.ts';
import {
  isLanguage,
  isMethod,
  isModeOf,
  type Language,
  languages,
  type Method,
  type Mode,
  methods,
  modesOf,
} from '../../users/method.ts';

/** Why a mail is sent: `userEnrollment` when something is missing that the user must bring, such as a phone. */
export const mailKinds = ['newUser', 'userEnrollment', 'updatedUser'] as const;
export type MailKind = (typeof mailKinds)[number];

export const mailKindNames: Record<MailKind, string> = {
  newUser: 'New User',
  userEnrollment: 'User Enrollment',
  updatedUser: 'Updated User',
};

/** Which of the templates. */
export interface TemplateKey {
  method: Method;
  mode: Mode;
  kind: MailKind;
  language: Language;
}

/** Every template that there is, in the order of the tree. */
export function allTemplateKeys(): TemplateKey[] {
  return methods.flatMap((method) =>
    modesOf[method].flatMap((mode) =>
      mailKinds.flatMap((kind) => languages.map((language) => ({ method, mode, kind, language }))),
    ),
  );
}

/** As it stands in the audit log: `phoneCall/pin/newUser/de`. */
export function templateName({ method, mode, kind, language }: TemplateKey): string {
  return `${method}/${mode}/${kind}/${language}`;
}

/** @throws {MfaError} `template.unknown`, with the words that would do */
export function parseTemplateKey(method: string, mode: string, kind: string, language: string): TemplateKey {
  if (!isMethod(method)) throw unknown('method', method, methods);
  if (!isModeOf(method, mode)) throw unknown(`mode of ${method}`, mode, modesOf[method]);
  const known = parseMailKind(kind);
  if (!isLanguage(language)) throw unknown('language', language, languages);
  return { method, mode, kind: known, language };
}

/** @throws {MfaError} `template.unknown` */
export function parseMailKind(kind: string): MailKind {
  const known = mailKinds.find((one) => one === kind);
  if (known === undefined) throw unknown('kind of mail', kind, mailKinds);
  return known;
}

function unknown(what: string, word: string, words: readonly string[]): MfaError {
  return new MfaError('template.unknown', `There is no ${what} "${word}".`, {
    advice: `Use ${words.join(', ')}.`,
  });
}
