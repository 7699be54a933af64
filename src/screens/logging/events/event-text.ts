import type { AuditEvent } from '../../../core/audit/audit-query.ts';
import { exactMomentText, momentText } from '../../text/moment-text.ts';
import type { Token } from '../../theme/style.ts';
import { labelOf, valueText } from '../../users/field-text.ts';
import type { Fact } from '../../widgets/facts/facts-lines.ts';
import type { TableColumn } from '../../widgets/table/columns.ts';

/** The columns of the list, which has no order but that of the log. */
export function eventColumns(now: () => Date): readonly TableColumn<AuditEvent>[] {
  return [
    { id: 'at', title: 'When', minWidth: 16, value: ({ at }) => listMoment(at, now()) },
    { id: 'actor', title: 'Who', minWidth: 9, flex: 1, value: ({ actor }) => actor },
    { id: 'action', title: 'What', minWidth: 17, flex: 1, value: ({ action }) => action },
    { id: 'target', title: 'Target', minWidth: 15, flex: 2, value: ({ target }) => target ?? '-' },
    {
      id: 'result',
      title: 'Result',
      minWidth: 7,
      value: ({ result }) => result,
      token: ({ result }) => resultToken(result),
    },
    { id: 'details', title: 'Details', minWidth: 12, flex: 4, priority: 1, value: detailsText },
  ];
}

/** Today's with their seconds, because much happens in a minute. */
function listMoment(at: string, now: Date): string {
  const text = momentText(at, now);
  return text.length === 5 ? exactMomentText(at).slice(-8) : text;
}

/** The reason, and what changed, on one line. */
export function detailsText(event: AuditEvent): string {
  const changes = changesOf(event).map(
    ({ label, before, after }) => `${label}: ${before === null ? '' : `${before} -> `}${after}`,
  );
  const others = otherFacts(event).map(({ label, value }) => `${label}: ${value}`);
  return [event.reason, ...changes, ...others].filter((part) => part).join(', ');
}

/** All that an event says, with old and new values field by field. */
export function eventFacts(event: AuditEvent): readonly Fact[] {
  const { sequence, at, actor, action, target, result, reason } = event;
  const token = resultToken(result);
  return [
    { label: 'When', value: `${exactMomentText(at)} (${at})` },
    { label: 'Who', value: actor },
    { label: 'What', value: action },
    { label: 'Target', value: target ?? '-' },
    { label: 'Result', value: result, ...(token !== undefined && { token }) },
    ...(reason === null ? [] : [{ label: 'Reason', value: reason }]),
    { label: 'Number', value: String(sequence) },
    ...changesOf(event).map(({ label, before, after }): Fact => {
      return { label, value: before === null ? after : `${before} -> ${after}` };
    }),
    ...otherFacts(event),
  ];
}

interface Change {
  readonly label: string;
  /** Null where there was nothing before. */
  readonly before: string | null;
  readonly after: string;
}

function changesOf({ action, details }: AuditEvent): readonly Change[] {
  const fields = details?.fields;
  if (typeof fields !== 'object' || fields === null) return [];
  const isUser = action.startsWith('user.');
  const text = (name: string, value: unknown) => (isUser ? valueText(name, value) : plainValue(value));
  return Object.entries(fields).map(([name, change]: [string, unknown]) => {
    const [before, after] = Array.isArray(change) ? change : [null, change];
    return {
      label: isUser ? labelOf(name) : name,
      before: isNothing(before) ? null : text(name, before),
      after: text(name, after),
    };
  });
}

/** A list without entries was nothing, too. */
function isNothing(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function otherFacts({ details }: AuditEvent): readonly Fact[] {
  if (details?.erased === true) return [{ label: 'Erased', value: 'what it told of a person' }];
  return Object.entries(details ?? {})
    .filter(([name]) => name !== 'fields')
    .map(([label, value]) => ({ label, value: plainValue(value) }));
}

function plainValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ') || '-';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return JSON.stringify(value);
  const parts = Object.entries(value).map(([name, part]) => {
    return `${name} ${typeof part === 'object' ? JSON.stringify(part) : plainValue(part)}`;
  });
  return parts.join(', ');
}

function resultToken(result: string): Token | undefined {
  if (result === 'success') return undefined;
  return result === 'denied' ? 'warning' : 'error';
}
