/** How the second factor is done, and the variants that each method has. */
export const methods = ['phoneCall', 'textMessage', 'mobileApp', 'oathToken'] as const;
export type Method = (typeof methods)[number];

export const modesOf = {
  phoneCall: ['standard', 'pin'],
  textMessage: ['oneWayOtp', 'oneWayOtpPin', 'twoWayOtp', 'twoWayOtpPin'],
  mobileApp: ['standard', 'pin'],
  oathToken: ['otp', 'otpPin'],
} as const satisfies Record<Method, readonly string[]>;

export type Mode = (typeof modesOf)[Method][number];

export interface MethodAndMode {
  method: Method;
  mode: Mode;
}

export function isMethod(text: string): text is Method {
  return (methods as readonly string[]).includes(text);
}

/** The mode that a method has when none was chosen: the first of its list. */
export function defaultMode(method: Method): Mode {
  return modesOf[method][0];
}

export function isModeOf(method: Method, mode: string): mode is Mode {
  return (modesOf[method] as readonly string[]).includes(mode);
}

/** Whether a person in this mode needs a PIN. */
export function usesPin(mode: Mode): boolean {
  return mode === 'pin' || mode === 'oneWayOtpPin' || mode === 'twoWayOtpPin' || mode === 'otpPin';
}

export const methodNames: Record<Method, string> = {
  phoneCall: 'Phone call',
  textMessage: 'Text message',
  mobileApp: 'Mobile app',
  oathToken: 'OATH token',
};

export const modeNames: Record<Mode, string> = {
  standard: 'Standard',
  pin: 'PIN',
  oneWayOtp: 'One-way OTP',
  oneWayOtpPin: 'One-way OTP + PIN',
  twoWayOtp: 'Two-way OTP',
  twoWayOtpPin: 'Two-way OTP + PIN',
  otp: 'OTP',
  otpPin: 'OTP + PIN',
};

/** Languages of messages, prompts and mails. */
export const languages = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pt', 'ja'] as const;
export type Language = (typeof languages)[number];

export const languageNames: Record<Language, string> = {
  en: 'English',
  de: 'German',
  es: 'Spanish',
  fr: 'French',
  it: 'Italian',
  nl: 'Dutch',
  pt: 'Portuguese',
  ja: 'Japanese',
};

export function isLanguage(text: string): text is Language {
  return (languages as readonly string[]).includes(text);
}
