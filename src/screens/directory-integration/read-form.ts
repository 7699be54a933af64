import type { AttributeField } from '../../core/directory/attributes.ts';
import { type ConnectionProblem, connectionProblems } from '../../core/directory/connection-problems.ts';
import type { DirectoryType } from '../../core/directory/directory.ts';
import type { StoredConnection } from '../../core/directory/directory-connection.ts';
import type { DirectorySettings } from '../../core/directory/directory-settings.ts';
import type { FilterName } from '../../core/directory/mapping.ts';
import { isMfaError } from '../../core/errors.ts';
import type { FormValues } from '../widgets/form/field.ts';
import { attributeId, filterId } from './mapping-fields.ts';
import { settingsOf } from './values.ts';

/** What a form says: settings that can be tried, with a new password or none, or what is wrong, by field. */
export type ReadForm =
  | { readonly settings: DirectorySettings; readonly password: string | undefined; readonly problems?: never }
  | { readonly problems: Readonly<Record<string, string>> };

/** Reads a form as far as it can be judged without asking a server. */
export function readForm(values: FormValues, stored: StoredConnection): ReadForm {
  let settings: DirectorySettings;
  try {
    settings = settingsOf(values, stored.settings);
  } catch (error) {
    if (isMfaError(error, 'directory.invalid')) return { problems: { servers: error.sentence } };
    if (isMfaError(error)) return { problems: { caFile: error.sentence } };
    throw error;
  }
  const problems = Object.fromEntries([
    ...connectionProblems(settings).map((problem) => [fieldOf(problem, settings.type), sentenceOf(problem)]),
    ...passwordProblems(values, settings, stored),
  ]);
  if (Object.keys(problems).length > 0) return { problems };
  const isNew = settings.type !== 'sample' && values.password !== '';
  return { settings, password: isNew ? String(values.password) : undefined };
}

function passwordProblems(
  { password }: FormValues,
  { type, bindUser }: DirectorySettings,
  { hasPassword }: StoredConnection,
): readonly (readonly [string, string])[] {
  if (type === 'sample') return [];
  if (bindUser === null && password !== '') return [['password', 'There is no bind account that it is for.']];
  if (bindUser === null || hasPassword || password !== '') return [];
  return [['password', 'The bind account needs its password.']];
}

function fieldOf({ setting }: ConnectionProblem, type: DirectoryType): string {
  if (setting === 'urls') return 'servers';
  if (setting === 'discovery') return 'domain';
  if (setting === 'acceptsPlain') return setting;
  const [what, name = ''] = setting.split('.');
  return what === 'attributes'
    ? attributeId(type, name as AttributeField)
    : filterId(type, name as FilterName);
}

function sentenceOf({ setting, error }: ConnectionProblem): string {
  if (setting === 'acceptsPlain') return 'Accept it, or choose LDAPS or StartTLS.';
  return error.sentence;
}
