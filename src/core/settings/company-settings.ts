import * as z from 'zod';
import {
  isMethod,
  isModeOf,
  languageNames,
  languages,
  methodNames,
  methods,
  modeNames,
  modesOf,
} from '../users/method.ts';
import { settingGroups, settingTexts } from './setting-text.ts';

const everyMode = Object.values(modesOf).flat();
const defaultLanguage = z.enum(languages).nullable().default(null);

/** The rules of the company. Each field has its default, and its texts in {@link settingTexts}. */
export const companySettingsSchema = z.object({
  companyName: z
    .string()
    .trim()
    .max(100, 'must have at most 100 characters')
    .regex(/^\P{Cc}*$/u, 'must be one line without control characters')
    .default('')
    .register(settingTexts, {
      group: settingGroups.general,
      title: 'Company name',
      help: 'The name that people know their company by, for what they are sent.',
      usedBy: 'messages',
    }),
  portalUrl: z
    .string()
    .trim()
    .max(200, 'must have at most 200 characters')
    .regex(
      /^(https?:\/\/[^\s\p{C}]+)?$/iu,
      'must be a web address such as https://mfa.corp.example, or empty',
    )
    .default('')
    .register(settingTexts, {
      group: settingGroups.general,
      title: 'Portal address',
      help: 'Where users set up their second factor themselves, for mails; without one they are sent to you.',
    }),
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be an ISO 3166 country code of two capital letters, such as US')
    .default('US')
    .register(settingTexts, {
      group: settingGroups.general,
      title: 'Default country',
      help: 'ISO 3166 country of phone numbers that are written without +.',
    }),
  defaultMethod: z.enum(methods).nullable().default(null).register(settingTexts, {
    group: settingGroups.general,
    title: 'Default method',
    help: 'What a new user gets who is added without a method; none leaves it open.',
    names: methodNames,
  }),
  defaultMode: z
    .enum(everyMode)
    .nullable()
    .default(null)
    .register(settingTexts, {
      group: settingGroups.general,
      title: 'Default mode',
      help: 'The mode of the default method; none is the first that the method has.',
      names: modeNames,
      fits: (mode, { defaultMethod }) => {
        const method = String(defaultMethod);
        return isMethod(method) && isModeOf(method, mode);
      },
    }),
  keepPhoneInStep: z.boolean().default(true).register(settingTexts, {
    group: settingGroups.general,
    title: 'Keep phone in step',
    help: 'Whether an import of known users writes their phones again.',
  }),
  userMayChangePhone: z.boolean().default(false).register(settingTexts, {
    group: settingGroups.general,
    title: 'User may change phone',
    help: 'Whether users change their own phone, where the user does not say otherwise.',
    usedBy: 'authentication service',
  }),
  whenSenderUnreachable: z
    .enum(['fail', 'succeed', 'oathToken'])
    .default('fail')
    .register(settingTexts, {
      group: settingGroups.general,
      title: 'When the sender cannot be reached',
      help: 'Whether an authentication fails, succeeds, or asks for the OATH token of a user who has one.',
      names: { oathToken: 'ask for the OATH token' },
      usedBy: 'authentication service',
    }),
  whenUserDisabled: z.enum(['fail', 'succeed']).default('fail').register(settingTexts, {
    group: settingGroups.general,
    title: 'When the user is disabled',
    help: 'Whether an authentication of a disabled user fails, or succeeds without a second factor.',
    usedBy: 'authentication service',
  }),
  auditKeptDays: z.number().int().min(30).max(36_500).nullable().default(null).register(settingTexts, {
    group: settingGroups.general,
    title: 'Keep audit events',
    help: 'How long audit events are kept by the service and by "audit trim"; none keeps them for ever.',
    unit: 'days',
  }),
  pinMinimumLength: z.number().int().min(4).max(20).default(4).register(settingTexts, {
    group: settingGroups.pin,
    title: 'Minimum length',
    help: 'How many digits a PIN must have.',
    unit: 'digits',
  }),
  preventWeakPins: z.boolean().default(true).register(settingTexts, {
    group: settingGroups.pin,
    title: 'Prevent weak PINs',
    help: "Refuse 3 sequential or repeated digits and 4-digit parts of the user's own phone number.",
  }),
  userMayChangePin: z.boolean().default(true).register(settingTexts, {
    group: settingGroups.pin,
    title: 'User may change PIN',
    help: 'Whether users change their own PIN, where the user does not say otherwise.',
    usedBy: 'authentication service',
  }),
  pinHistory: z.number().int().min(0).max(10).default(5).register(settingTexts, {
    group: settingGroups.pin,
    title: 'PIN history',
    help: 'How many earlier PINs may not be used again.',
    unit: 'PINs',
  }),
  pinExpiryDays: z.number().int().min(1).max(3650).nullable().default(null).register(settingTexts, {
    group: settingGroups.pin,
    title: 'PIN expiry',
    help: 'After how long a PIN must be changed; none lets it stay.',
    unit: 'days',
    usedBy: 'authentication service',
  }),
  lockoutFailures: z.number().int().min(1).max(100).nullable().default(10).register(settingTexts, {
    group: settingGroups.pin,
    title: 'Failures before lockout',
    help: 'How many failures in a row lock a user out; none locks nobody out.',
    unit: 'failures',
    usedBy: 'authentication service',
  }),
  lockoutResetMinutes: z.number().int().min(1).max(1440).default(30).register(settingTexts, {
    group: settingGroups.pin,
    title: 'Minutes to reset',
    help: 'After how long a failure does not count any more.',
    unit: 'minutes',
    usedBy: 'authentication service',
  }),
  lockoutUnlockMinutes: z.number().int().min(1).max(10_080).default(30).register(settingTexts, {
    group: settingGroups.pin,
    title: 'Minutes to unlock',
    help: 'How long a user stays locked out.',
    unit: 'minutes',
    usedBy: 'authentication service',
  }),
  bypassSeconds: z.number().int().min(10).max(86_400).default(300).register(settingTexts, {
    group: settingGroups.bypass,
    title: 'One-time bypass',
    help: 'How long a one-time bypass lasts when nothing else was said.',
    unit: 'seconds',
  }),
  bypassMaximumSeconds: z.number().int().min(10).max(604_800).default(3600).register(settingTexts, {
    group: settingGroups.bypass,
    title: 'Longest one-time bypass',
    help: 'How long a one-time bypass may last at most.',
    unit: 'seconds',
  }),
  blockDays: z.number().int().min(1).max(3650).default(90).register(settingTexts, {
    group: settingGroups.bypass,
    title: 'Block expiry',
    help: 'How long a block lasts when nothing else was said.',
    unit: 'days',
  }),
  usernameResolution: z
    .enum(['asGiven', 'directoryId'])
    .default('asGiven')
    .register(settingTexts, {
      group: settingGroups.usernames,
      title: 'Username resolution',
      help: 'Whether a name is taken as given, or looked up in the directory, where CORP\\jdoe, jdoe and jdoe@corp.example are one user.',
      names: { asGiven: 'As given', directoryId: "By the directory's unique id" },
    }),
  languagePhoneCall: defaultLanguage.register(settingTexts, {
    group: settingGroups.languages,
    title: 'Phone call language',
    help: 'The language of phone calls that a new user gets; none leaves it open.',
    names: languageNames,
  }),
  languageTextMessage: defaultLanguage.clone().register(settingTexts, {
    group: settingGroups.languages,
    title: 'Text message language',
    help: 'The language of text messages that a new user gets; none leaves it open.',
    names: languageNames,
  }),
  languageMobileApp: defaultLanguage.clone().register(settingTexts, {
    group: settingGroups.languages,
    title: 'Mobile app language',
    help: 'The language of the mobile app that a new user gets; none leaves it open.',
    names: languageNames,
  }),
  languageOathToken: defaultLanguage.clone().register(settingTexts, {
    group: settingGroups.languages,
    title: 'OATH token language',
    help: 'The language of OATH prompts that a new user gets; none leaves it open.',
    names: languageNames,
  }),
});

export type CompanySettings = z.infer<typeof companySettingsSchema>;
