import type { AuditEvent } from '../core/audit/audit-query.ts';
import { plainText } from '../core/plain-text.ts';
import { utcTime } from '../core/utc-time.ts';
import { printTable, write } from './output.ts';

/** Prints events as a table for people. */
export async function printEvents(events: readonly AuditEvent[]): Promise<void> {
  await printTable(events, [
    { title: '#', value: (event) => event.sequence, align: 'right', isWhole: true },
    { title: 'When (UTC)', value: (event) => utcTime(event.at), isWhole: true },
    { title: 'Who', value: (event) => event.actor },
    { title: 'Action', value: (event) => event.action },
    { title: 'Target', value: (event) => event.target },
    { title: 'Result', value: (event) => event.result },
    { title: 'Details', value: describeDetails, isExtra: true, least: 20 },
  ]);
}

/** Prints one event on a line, for a log that goes on. */
export async function printEventLine(event: AuditEvent): Promise<void> {
  const { sequence, at, actor, action, target, result } = event;
  const words = [sequence, utcTime(at), actor, action, target, result === 'success' ? null : result];
  const text = [...words, describeDetails(event)].filter((word) => word !== null);
  await write(`${plainText(text.join('  '))}\n`);
}

/** The reason, fields as `email: old -> new`, and other facts as `name: value`; null when there is nothing. */
function describeDetails({ reason, details }: AuditEvent): string | null {
  const { fields, ...facts } = details ?? {};
  const changes = Object.entries((fields ?? {}) as Record<string, unknown>).map(([name, change]) => {
    const [before, after] = Array.isArray(change) ? change : [null, change];
    return before === null ? `${name}: ${show(after)}` : `${name}: ${show(before)} -> ${show(after)}`;
  });
  const others = Object.entries(facts).map(([name, value]) => `${name}: ${show(value)}`);
  const parts = [...(reason === null ? [] : [reason]), ...changes, ...others];
  return parts.length === 0 ? null : parts.join(', ');
}

function show(value: unknown): string {
  if (value === null) return 'none';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
