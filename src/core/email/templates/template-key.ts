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

/**
 * Why a mail is sent to a user: `userEnrollment` when something is missing that the user must bring, such as a phone.
 */
export const userMailKinds = ['newUser', 'userEnrollment', 'updatedUser'] as const;
export type UserMailKind = (typeof userMailKinds)[number];

/** Why a mail is sent to the administrators. */
export const noticeKinds = ['syncAwaitingApproval', 'syncFailing'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export const mailKinds = [...userMailKinds, ...noticeKinds] as const;
export type MailKind = (typeof mailKinds)[number];

export const mailKindNames: Record<MailKind, string> = {
  newUser: 'New User',
  userEnrollment: 'User Enrollment',
  updatedUser: 'Updated User',
  syncAwaitingApproval: 'Approval Needed',
  syncFailing: 'Synchronization Fails',
};

/** Which of the templates. */
export type TemplateKey = UserTemplateKey | NoticeTemplateKey;

export interface UserTemplateKey {
  method: Method;
  mode: Mode;
  kind: UserMailKind;
  language: Language;
}

/** Mails to administrators do not depend on a method. */
export interface NoticeTemplateKey {
  method: null;
  mode: null;
  kind: NoticeKind;
  language: Language;
}

/** Stands in names of templates where those for users have method and mode. */
export const administrators = 'administrators';

export function isNoticeKind(kind: string): kind is NoticeKind {
  return noticeKinds.some((one) => one === kind);
}

export function isNoticeKey(key: TemplateKey): key is NoticeTemplateKey {
  return key.method === null;
}

export function noticeKey(kind: NoticeKind, language: Language): NoticeTemplateKey {
  return { method: null, mode: null, kind, language };
}

/** Every template that there is, in the order of the tree. */
export function allTemplateKeys(): TemplateKey[] {
  return [
    ...methods.flatMap((method) =>
      modesOf[method].flatMap((mode) =>
        userMailKinds.flatMap((kind) => languages.map((language) => ({ method, mode, kind, language }))),
      ),
    ),
    ...noticeKinds.flatMap((kind) => languages.map((language) => noticeKey(kind, language))),
  ];
}

/** As it stands in the audit log: `phoneCall/pin/newUser/de`, `administrators/syncFailing/de`. */
export function templateName(key: TemplateKey): string {
  const { method, mode, kind, language } = key;
  return [...(method === null ? [administrators] : [method, mode]), kind, language].join('/');
}

/**
 * @param words the words of a name, such as `phoneCall pin newUser de`
 * @throws {MfaError} `template.unknown`, with the words that would do
 */
export function parseTemplateKey(words: readonly string[]): TemplateKey {
  const [first = '', second = '', third = '', fourth = ''] = words;
  if (words.length > 4) throw unknown('template', words.join('/'), ['method/mode/kind/language']);
  if (first === administrators) {
    if (!isNoticeKind(second)) throw unknown('kind of mail to administrators', second, noticeKinds);
    return noticeKey(second, parseLanguage(third));
  }
  if (!isMethod(first)) throw unknown('method', first, [...methods, administrators]);
  if (!isModeOf(first, second)) throw unknown(`mode of ${first}`, second, modesOf[first]);
  return { method: first, mode: second, kind: parseMailKind(third), language: parseLanguage(fourth) };
}

/** @throws {MfaError} `template.unknown` */
export function parseMailKind(kind: string): UserMailKind {
  const known = userMailKinds.find((one) => one === kind);
  if (known === undefined) throw unknown('kind of mail', kind, userMailKinds);
  return known;
}

function parseLanguage(language: string): Language {
  if (!isLanguage(language)) throw unknown('language', language, languages);
  return language;
}

function unknown(what: string, word: string, words: readonly string[]): MfaError {
  return new MfaError('template.unknown', `There is no ${what} "${word}".`, {
    advice: `Use ${words.join(', ')}.`,
  });
}
