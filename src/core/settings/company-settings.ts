import * as z from 'zod';
import { methods, modesOf } from '../users/method.ts';

const everyMode = Object.values(modesOf).flat();

/** The rules of the company. Only what takes effect is here; each field has its default. */
export const companySettingsSchema = z.object({
  /** ISO 3166 country of phone numbers that are written without `+`. */
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be an ISO 3166 country code of two capital letters, such as US')
    .default('US'),
  /** What a new user gets who is added without a method; null leaves it open. */
  defaultMethod: z.enum(methods).nullable().default(null),
  defaultMode: z.enum(everyMode).nullable().default(null),
  /** Whether an import of known users writes their phones again. */
  keepPhoneInStep: z.boolean().default(true),
  pinMinimumLength: z.number().int().min(4).max(20).default(4),
  /** Refuse 3 sequential or repeated digits and 4-digit parts of the user's own phone number. */
  preventWeakPins: z.boolean().default(true),
  /** How many earlier PINs may not be used again. */
  pinHistory: z.number().int().min(0).max(10).default(5),
  bypassSeconds: z.number().int().min(10).max(86_400).default(300),
  bypassMaximumSeconds: z.number().int().min(10).max(604_800).default(3600),
  /** How long a block lasts when none was given. */
  blockDays: z.number().int().min(1).max(3650).default(90),
});

export type CompanySettings = z.infer<typeof companySettingsSchema>;
