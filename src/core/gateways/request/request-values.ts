import type { Language } from '../../users/method.ts';
import type { GatewayKind } from '../gateway-settings.ts';
import type { TextMessage, VoiceCall } from '../senders.ts';

/** What a request may speak of beside `secret.NAME` and `value.NAME`, and what it means. */
const messageVariables = {
  phone: 'the number as +14255550123',
  phone_digits: 'the number without the plus',
  text: 'what the message says',
  language: 'the language of the text, such as de',
  locale: 'the same with a country, such as de-DE',
} as const;

export const requestVariables: Record<GatewayKind, Readonly<Record<string, string>>> = {
  text: messageVariables,
  voice: { ...messageVariables, extension: 'what is dialled when the call was taken; empty for none' },
};

export interface RequestValues {
  readonly [variable: string]: string | Readonly<Record<string, string>>;
  readonly secret: Readonly<Record<string, string>>;
  readonly value: Readonly<Record<string, string>>;
}

const locales: Record<Language, string> = {
  en: 'en-US',
  de: 'de-DE',
  es: 'es-ES',
  fr: 'fr-FR',
  it: 'it-IT',
  nl: 'nl-NL',
  pt: 'pt-PT',
  ja: 'ja-JP',
};

export function requestValues(
  message: TextMessage | VoiceCall,
  more: Pick<RequestValues, 'secret' | 'value'>,
): RequestValues {
  const { phone, text, language } = message;
  const extension = 'extension' in message ? { extension: message.extension ?? '' } : {};
  return {
    phone,
    phone_digits: phone.replace(/^\+/, ''),
    text,
    language,
    locale: locales[language],
    ...extension,
    ...more,
  };
}

const ordinary: TextMessage = { phone: '+14255550123', text: 'Your code is 123456.', language: 'en' };
/** Nothing in it is as in the other, and its text would break out where it could. */
const hostile: TextMessage = { phone: '+4930123456', text: '"}],\'&x=<y>\\\n%$\u00fc\u65e5', language: 'de' };

/** Messages to try a request with: an ordinary one, a hostile one, and for calls one without an extension. */
export function sampleMessages(kind: GatewayKind): readonly (TextMessage | VoiceCall)[] {
  if (kind === 'text') return [ordinary, hostile];
  return [
    { ...ordinary, extension: '3' },
    { ...hostile, extension: '1,2#' },
    { ...ordinary, extension: null },
  ];
}
