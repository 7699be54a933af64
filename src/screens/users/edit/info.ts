import type { AuditEvent } from '../../../core/audit/audit-query.ts';
import type { CompanySettings } from '../../../core/settings/company-settings.ts';
import { explainUser } from '../../../core/users/explain-user.ts';
import { explanationText } from '../../../core/users/explanation-text.ts';
import { directoryFields, stateNames, stateOf, type User } from '../../../core/users/user.ts';
import { momentText } from '../../text/moment-text.ts';
import type { Fact } from '../../widgets/facts/facts-lines.ts';
import { sourceNames } from '../columns.ts';
import { labelOf, userLabels, valueText } from '../field-text.ts';

/** Events of the history that are shown. */
const eventsShown = 30;

/**
 * What is known of a user beside the fields, why the settings are as they are, and what happened to the user.
 * @param events the newest first
 */
export function infoFacts(
  user: User,
  events: readonly AuditEvent[],
  settings: CompanySettings,
  now: Date,
): readonly Fact[] {
  const at = (iso: string | null) => (iso === null ? '-' : momentText(iso, now));
  const state = stateOf(user, now.toISOString());
  const facts: (readonly [string, string | null])[] = [
    ['State', stateNames[state]],
    ['Blocked', until(user.blockedUntil, user.blockedReason, user.blockedBy, now)],
    ['Locked out', until(user.lockedUntil, null, null, now)],
    ['One-time bypass', until(user.bypassUntil, user.bypassReason, user.bypassBy, now)],
    ['Last authentication', at(user.lastAuthenticatedAt)],
    ['PIN', user.hasPin ? `set ${at(user.pinSetAt)}` : 'none'],
    ['Came from', sourceNames[user.source]],
    ['Directory id', user.directoryId],
    ['Distinguished name', user.directoryDn],
    ['Synchronized', user.directoryId === null ? null : at(user.lastSynchronizedAt)],
    ['The directory owns', ownedText(user)],
    [userLabels.localFields, keptText(user)],
    ['Created', `${at(user.createdAt)} by ${user.createdBy}`],
    ['Changed', `${at(user.updatedAt)} by ${user.updatedBy}`],
  ];
  return [
    ...facts.flatMap(([label, value]) => (value === null ? [] : [{ label, value }])),
    { label: '', value: '' },
    { label: '', value: 'Why this user has these settings', token: 'heading' },
    ...explainUser(user, events, settings).map((one): Fact => {
      const value = `${valueText(one.field, one.value)}: ${explanationText(one, (iso) => momentText(iso, now))}`;
      return { label: userLabels[one.field], value };
    }),
    { label: '', value: '' },
    ...events.slice(0, eventsShown).flatMap((event, index) => historyFacts(event, index === 0, now)),
  ];
}

function until(moment: string | null, reason: string | null, by: string | null, now: Date): string | null {
  if (moment === null || moment <= now.toISOString()) return null;
  const why = reason === null ? '' : `: ${reason}`;
  return `until ${momentText(moment, now)}${by === null ? '' : ` by ${by}`}${why}`;
}

function ownedText({ directoryId, localFields }: User): string | null {
  if (directoryId === null) return null;
  const owned = directoryFields.filter((field) => !localFields.includes(field));
  return owned.length === 0 ? 'nothing' : valueText('localFields', owned);
}

function keptText({ directoryId, localFields }: User): string | null {
  if (directoryId === null) return null;
  return localFields.length === 0 ? 'nothing' : valueText('localFields', localFields);
}

function historyFacts(event: AuditEvent, isFirst: boolean, now: Date): readonly Fact[] {
  const what = event.action.replace(/^user\./, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const why = event.reason === null ? '' : `: ${event.reason}`;
  const head = `${momentText(event.at, now)} ${what} by ${event.actor}${why}`;
  const fields = Object.entries((event.details?.fields ?? {}) as Record<string, unknown>);
  const changes = fields.flatMap(([name, change]): Fact[] => {
    if (!Array.isArray(change)) return [];
    const [before, after] = change.map((value) => valueText(name, value));
    return [{ label: '', value: `  ${labelOf(name)}: ${before} -> ${after}` }];
  });
  return [{ label: isFirst ? 'History' : '', value: head }, ...changes];
}
