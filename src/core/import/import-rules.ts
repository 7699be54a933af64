import * as z from 'zod';
import { phoneSources } from '../directory/directory.ts';
import { sendEmailRules } from '../email/outbox/send-email-rule.ts';
import { languages, methods, modesOf } from '../users/method.ts';

const everyMode = Object.values(modesOf).flat();

/** Whether a default is given to new users only, or written again at every update. */
export const defaultPolicies = ['setOnce', 'keepInStep'] as const;

/** When a user is enabled. */
export const enableRules = ['always', 'never', 'newWithPhone', 'newAndUpdatedWithPhone'] as const;

/** What an import does with the people that it finds. */
export const importRulesSchema = z.object({
  addNew: z.boolean().default(true),
  updateExisting: z.boolean().default(false),
  /** Users made by hand with the same username become users of the directory. */
  takeOver: z.boolean().default(false),
  phone: z.enum([...phoneSources, 'none']).default('mobile'),
  backupPhone: z.enum([...phoneSources, 'none']).default('none'),
  /** Who gets a mail: New User, or User Enrollment while no phone is known, and Updated User. */
  sendEmail: z.enum(sendEmailRules).default('never'),
  enable: z.enum(enableRules).default('newWithPhone'),
  method: z.enum(methods).nullable().default(null),
  mode: z.enum(everyMode).nullable().default(null),
  methodPolicy: z.enum(defaultPolicies).default('setOnce'),
  languagePhoneCall: z.enum(languages).nullable().default(null),
  languageTextMessage: z.enum(languages).nullable().default(null),
  languageMobileApp: z.enum(languages).nullable().default(null),
  languageOathToken: z.enum(languages).nullable().default(null),
  languagePolicy: z.enum(defaultPolicies).default('setOnce'),
});

export type ImportRules = z.infer<typeof importRulesSchema>;
