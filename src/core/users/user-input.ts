import * as z from 'zod';
import { MfaError } from '../errors.ts';
import { defaultMode, isModeOf, languages, methods, modesOf } from './method.ts';
import { isCountry, isExtension, requirePhone } from './phone.ts';
import { directoryFields, type UserFields } from './user.ts';

const longestText = 16_384;

const text = z
  .string()
  .trim()
  .max(longestText, `must have at most ${longestText} characters`)
  .transform((value) => (value === '' ? null : value))
  .nullable();

const username = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(longestText, `must have at most ${longestText} characters`)
  .refine((value) => !/\p{Cc}/u.test(value), 'must not contain control characters');

const email = text.refine(
  (value) => value === null || /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(value),
  'must look like name@company.example',
);

const extension = text.refine(
  (value) => value === null || isExtension(value),
  'may have digits, "," (a pause of one second), "*" and "#", at most 40',
);

const language = z.enum(languages, `must be one of ${languages.join(', ')}`).nullable();
const everyMode = Object.values(modesOf).flat();

const fields = {
  username,
  firstName: text,
  lastName: text,
  email,
  userGroup: text,
  description: text,
  phone: text,
  extension,
  backupPhone: text,
  backupExtension: extension,
  method: z.enum(methods, `must be one of ${methods.join(', ')}`).nullable(),
  mode: z.enum(everyMode, `must be one of ${[...new Set(everyMode)].join(', ')}`).nullable(),
  languagePhoneCall: language,
  languageTextMessage: language,
  languageMobileApp: language,
  languageOathToken: language,
  enabled: z.boolean(),
  pinMustChange: z.boolean(),
  mayChangePhone: z.boolean().nullable(),
  mayChangePin: z.boolean().nullable(),
  whenDisabled: z.enum(['fail', 'succeed'], 'must be fail or succeed').nullable(),
  localFields: z.array(z.enum(directoryFields)).readonly(),
};

/** What an administrator may set on a user. Phones are as people write them; blank text clears a field. */
const userPatchSchema = z
  .strictObject({
    ...fields,
    /** ISO 3166 country of the phone numbers that come without `+`; else the company's. */
    country: z.string().toUpperCase().refine(isCountry, 'must be an ISO 3166 country code such as US'),
  })
  .partial();

/** Changes to a user as they are typed. */
export type UserPatch = z.input<typeof userPatchSchema>;
/** A new user as it is typed. */
export type UserInput = UserPatch & { username: string };

/**
 * The fields after a change, checked: phones in E.164, an extension behind a number taken out of it, and a
 * mode that belongs to the method. What stays the same is not checked, as a directory may have given it.
 * @throws {MfaError} `user.invalid`, `phone.invalid`
 */
export function patchFields(current: UserFields, patch: UserPatch, defaultCountry: string): UserFields {
  const { country = defaultCountry, ...given } = parsePatch(withoutUnchanged(current, patch));
  const next: UserFields = { ...current };
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) Object.assign(next, { [name]: value });
  }
  setPhone(next, given, 'phone', 'extension', country);
  setPhone(next, given, 'backupPhone', 'backupExtension', country);
  setMode(next, given.mode !== undefined);
  return next;
}

/** Method and mode stay: whether they fit depends on both. So does blank text: a new user's username is blank. */
function withoutUnchanged(current: UserFields, patch: UserPatch): UserPatch {
  const before: Record<string, unknown> = { ...current };
  const entries = Object.entries(patch).filter(
    ([name, value]) =>
      value !== undefined && (name === 'method' || name === 'mode' || value === '' || before[name] !== value),
  );
  return Object.fromEntries(entries);
}

type ParsedPatch = Omit<z.output<typeof userPatchSchema>, 'country'>;

function parsePatch(patch: UserPatch): z.output<typeof userPatchSchema> {
  const parsed = userPatchSchema.safeParse(patch);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const problems = issues.map((issue) => {
    if (issue.code === 'unrecognized_keys') return `${issue.keys.join(', ')} cannot be set`;
    return `${issue.path.join('.')} ${lowerFirst(issue.message)}`;
  });
  const fields = issues.map((issue) => [String(issue.path[0] ?? ''), lowerFirst(issue.message)] as const);
  throw new MfaError('user.invalid', `The user cannot be stored: ${problems.join('; ')}.`, {
    fields: Object.fromEntries(fields),
  });
}

/**
 * What is wrong with one field as it is typed, as the end of a sentence such as `must not be empty`; undefined
 * when it may be stored. Phones are read by {@link parsePhone}.
 */
export function fieldProblem(name: keyof typeof fields, value: unknown): string | undefined {
  const parsed = fields[name].safeParse(value);
  return parsed.success ? undefined : lowerFirst(parsed.error.issues[0]?.message ?? 'is not possible');
}

function setPhone(
  next: UserFields,
  given: ParsedPatch,
  phone: 'phone' | 'backupPhone',
  extension: 'extension' | 'backupExtension',
  country: string,
): void {
  const text = given[phone];
  if (text === undefined) return;
  if (text === null) {
    if (given[extension] === undefined) next[extension] = null;
    return;
  }
  const parsed = requirePhone(text, country, phone);
  next[phone] = parsed.phone;
  if (given[extension] === undefined && parsed.extension !== null) next[extension] = parsed.extension;
}

/** A mode that was not named gives way to the method's first one; one that was must belong to the method. */
function setMode(next: UserFields, isNamed: boolean): void {
  const { method, mode } = next;
  if (method === null) {
    if (isNamed && mode !== null) {
      throw new MfaError('user.invalid', `The mode ${mode} needs a method.`, {
        advice: `Name one of ${methods.join(', ')}.`,
      });
    }
    next.mode = null;
  } else if (mode === null || !isModeOf(method, mode)) {
    if (isNamed && mode !== null) {
      throw new MfaError('user.invalid', `The method ${method} has no mode ${mode}.`, {
        advice: `Its modes are ${modesOf[method].join(', ')}.`,
      });
    }
    next.mode = defaultMode(method);
  }
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
