import * as z from 'zod';
import { sortColumns } from '../users/user-list.ts';
import { themeNames } from './theme-names.ts';

const column = z.enum(sortColumns, { error: `must be one of ${sortColumns.join(', ')}` });
const oneOf = <const Names extends readonly [string, ...string[]]>(...names: Names) =>
  z.enum(names, { error: `must be ${names.join(', ')}` });

/**
 * What one administrator wants of the console, on every installation that they look at. Options of the command line
 * and variables of the environment count more.
 */
export const preferencesSchema = z.object({
  theme: oneOf(...themeNames).default('standard'),
  /** Lines as `+ - |`; `auto` leaves it to the terminal. */
  ascii: oneOf('auto', 'yes', 'no').default('auto'),
  /** The list of sections; `auto` hides it where a screen needs the width. */
  rail: oneOf('auto', 'shown', 'hidden').default('auto'),
  /** The id of the section that the console begins with, or `last`: where it was left. */
  startSection: z
    .string()
    .regex(/^[a-z-]+$/, { error: 'must be the name of a section, such as users, or last' })
    .default('status'),
  /** After so many minutes without a key the console ends; 0: never. */
  idleMinutes: z
    .number({ error: 'must be a whole number of minutes' })
    .int({ error: 'must be a whole number of minutes' })
    .min(0, { error: 'must be 0 or more' })
    .max(1440, { error: 'must be 1440 or less' })
    .default(0),
  /** What the list of users is sorted by; `-` before it reverses the order. */
  usersSort: z
    .string()
    .refine((text) => column.safeParse(text.replace(/^-/, '')).success, {
      error: `must be one of ${sortColumns.join(', ')}, with - before it for the other order`,
    })
    .default('username'),
  /** Columns of the list of users, those that fit. */
  usersColumns: z
    .array(column, { error: 'must be names of columns with commas' })
    .min(1, { error: 'must name a column' })
    .default([...sortColumns]),
});

export type Preferences = z.infer<typeof preferencesSchema>;
export type PreferenceKey = keyof Preferences;

export const preferenceKeys = Object.keys(preferencesSchema.shape) as PreferenceKey[];

/** What counts as long as nobody prefers anything else. */
export const usualPreferences: Preferences = preferencesSchema.parse({});
