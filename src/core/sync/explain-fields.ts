import type { DirectoryUser } from '../directory/directory.ts';
import { desiredForKnown, desiredForNew, type ImportContext } from '../import/desired-fields.ts';
import { type DirectoryField, emptyUserFields, type User, type UserFields } from '../users/user.ts';
import type { SyncServices } from './sync-context.ts';
import type { SyncItem } from './sync-item.ts';
import { whyDisabled } from './why-disabled.ts';

export type ExplainedFields = Record<string, { value: unknown; from: string }>;

const names = ['username', ...Object.keys(emptyUserFields)] as (keyof UserFields)[];

/**
 * Tells of each field that has a value where it comes from.
 * @param user null for somebody who is none here yet: then the values are those that the item would give
 * @param winner the item that takes them; null when none does
 */
export function explainFields(
  user: User | null,
  person: DirectoryUser | null,
  winner: SyncItem | null,
  { settings, attributes, store }: SyncServices,
): ExplainedFields {
  const fields: ExplainedFields = {};
  const context: ImportContext | null =
    winner === null ? null : { rules: winner.rules, settings, attributes };
  const wanted: Partial<UserFields> =
    context === null || person === null
      ? {}
      : user === null
        ? desiredForNew(person, context).fields
        : desiredForKnown(person, user, context).fields;
  for (const name of names) {
    if (name === 'localFields') continue;
    const value = user === null ? wanted[name] : user[name];
    if (value === null || value === undefined) continue;
    fields[name] = { value, from: sourceOf(name, user, person, winner, context, wanted) };
  }
  const disabled = user === null ? null : whyDisabled(user, store);
  if (disabled !== null) fields.enabled = { value: false, from: disabled };
  return fields;
}

function sourceOf(
  name: keyof UserFields,
  user: User | null,
  person: DirectoryUser | null,
  winner: SyncItem | null,
  context: ImportContext | null,
  wanted: Partial<UserFields>,
): string {
  if (user?.localFields.includes(name as DirectoryField)) return 'set here, and kept as it is';
  if (winner === null || context === null || person === null) return 'as it was set last';
  const { rules, attributes } = context;
  if (name === 'phone' || name === 'extension') return phoneSource(rules.phone, attributes, name, wanted);
  if (name === 'backupPhone' || name === 'backupExtension')
    return phoneSource(rules.backupPhone, attributes, name, wanted);
  const attribute = name in attributes ? attributes[name as keyof typeof attributes] : '';
  if (attribute !== '' && name in wanted) return `attribute ${attribute} of the directory`;
  if (name === 'method' || name === 'mode') {
    if (rules.method === null) return 'company settings, when the user was added';
    const policy = rules.methodPolicy === 'keepInStep' ? 'kept in step' : 'set once';
    return `item "${winner.name}", ${policy}`;
  }
  if (name.startsWith('language')) {
    const given = rules[name as 'languagePhoneCall'];
    if (given === null) return 'company settings, when the user was added';
    const policy = rules.languagePolicy === 'keepInStep' ? 'kept in step' : 'set once';
    return `item "${winner.name}", ${policy}`;
  }
  if (name === 'enabled') {
    return `item "${winner.name}" when the user was added, or set here since`;
  }
  return 'set here';
}

function phoneSource(
  source: string,
  attributes: ImportContext['attributes'],
  name: keyof UserFields,
  wanted: Partial<UserFields>,
): string {
  if (source === 'none' || !(name in wanted)) return 'set here, or kept from an earlier run';
  return `attribute ${attributes[source as keyof typeof attributes]} of the directory`;
}
