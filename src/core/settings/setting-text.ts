import * as z from 'zod';

/** The groups of company settings, in the order of documents. */
export const settingGroups = {
  general: 'General',
  pin: 'PIN and lockout',
  bypass: 'Bypass and block',
  languages: 'Languages',
  usernames: 'Usernames',
} as const;

/** What a setting is called and what it does, for commands, the console and documents. */
export interface SettingText {
  group: (typeof settingGroups)[keyof typeof settingGroups];
  title: string;
  /** One sentence. */
  help: string;
  /** Of a number, in the plural. */
  unit?: string;
  /** What the values of a choice are called, where they do not say it themselves. */
  names?: Readonly<Record<string, string>>;
  /** Whether a value of a choice goes together with the other settings; left out, each does. */
  fits?(value: string, settings: Readonly<Record<string, unknown>>): boolean;
  /** What the setting is kept for; left out where the program itself acts on it already. */
  usedBy?: 'authentication service' | 'messages';
}

export const settingTexts = z.registry<SettingText>();
