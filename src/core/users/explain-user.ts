import type { AuditEvent } from '../audit/audit-query.ts';
import type { CompanySettings } from '../settings/company-settings.ts';
import { directoryFields, emptyUserFields, type User, type UserFields } from './user.ts';

/**
 * Where a setting of a user comes from: read from the directory, given by the rules of a run, read from a CSV file, set
 * by hand, taken from the company settings, never set, or set before the log begins.
 */
export type Origin = 'directory' | 'rules' | 'csv' | 'hand' | 'company' | 'never' | 'unknown';

/** Why a user has a setting. */
export interface Explanation {
  readonly field: keyof UserFields;
  /** What counts: of the company settings where the user has none. */
  readonly value: unknown;
  readonly origin: Origin;
  /** What gave the value; null when the log does not tell. */
  readonly event: AuditEvent | null;
  /** The run that gave it; null when it was none. */
  readonly run: number | null;
  /** Who writes the field: `directory` at its next import, `here` when it is kept; null for fields of no directory. */
  readonly owner: 'directory' | 'here' | null;
}

/** Fields that an import sets as it was told, not as the directory says. */
const fieldsOfRules: readonly (keyof UserFields)[] = ['method', 'mode', 'enabled'];
/** Worth an answer also where they are empty. */
const alwaysExplained: readonly (keyof UserFields)[] = ['method', 'enabled'];

/**
 * Answers for each setting of a user why it is so.
 * @param trail what was done to the user, the newest first, as `userTrail` gives it
 */
export function explainUser(
  user: User,
  trail: readonly AuditEvent[],
  settings: CompanySettings,
): readonly Explanation[] {
  const company: Partial<Record<keyof UserFields, unknown>> = {
    mayChangePhone: settings.userMayChangePhone,
    mayChangePin: settings.userMayChangePin,
    whenDisabled: settings.whenUserDisabled,
  };
  const names = ['username', ...Object.keys(emptyUserFields)] as (keyof UserFields)[];
  return names.flatMap((field): Explanation[] => {
    if (field === 'localFields') return [];
    const value = user[field];
    const owner = ownerOf(user, field);
    if (value === null && field in company) {
      return [{ field, value: company[field], origin: 'company', event: null, run: null, owner }];
    }
    const isSet = value !== null && value !== false;
    if (!isSet && !alwaysExplained.includes(field) && owner !== 'here') return [];
    const event = givingEvent(trail, field);
    const run = typeof event?.details?.run === 'number' ? event.details.run : null;
    return [{ field, value, origin: originOf(field, isSet, event, run), event, run, owner }];
  });
}

/** The event that set a field last; whoever was added got a name and was enabled or not, whether that is told or not. */
function givingEvent(trail: readonly AuditEvent[], field: keyof UserFields): AuditEvent | null {
  const told = trail.find(({ details }) => Object.hasOwn(details?.fields ?? {}, field));
  if (told !== undefined || (field !== 'username' && field !== 'enabled')) return told ?? null;
  return trail.find(({ action }) => action === 'user.added') ?? null;
}

function ownerOf({ directoryId, localFields }: User, field: keyof UserFields): Explanation['owner'] {
  const name = directoryFields.find((one) => one === field);
  if (directoryId === null || name === undefined) return null;
  return localFields.includes(name) ? 'here' : 'directory';
}

function originOf(
  field: keyof UserFields,
  isSet: boolean,
  event: AuditEvent | null,
  run: number | null,
): Origin {
  if (event === null) return isSet ? 'unknown' : 'never';
  if (run !== null) return fieldsOfRules.includes(field) ? 'rules' : 'directory';
  return event.action === 'user.added' && event.details?.source === 'csv' ? 'csv' : 'hand';
}
