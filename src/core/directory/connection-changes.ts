import { describeAuthorities } from '../tls/authorities.ts';
import type { DirectorySettings } from './directory-settings.ts';

/** Old and new values by setting, as they stand in the audit log. */
export type ConnectionChanges = Record<string, [old: unknown, now: unknown]>;

/** Setting by setting, filters and attributes one by one; certificates by their fingerprints. */
export function changesBetween(before: DirectorySettings, after: DirectorySettings): ConnectionChanges {
  const [old, now] = [flatten(before), flatten(after)];
  const changes: ConnectionChanges = {};
  for (const name of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const pair: [unknown, unknown] = [old[name] ?? null, now[name] ?? null];
    if (JSON.stringify(pair[0]) !== JSON.stringify(pair[1])) changes[name] = pair;
  }
  return changes;
}

function flatten({ ca, filters, attributes, ...others }: DirectorySettings): Record<string, unknown> {
  return {
    ...others,
    ca: describeAuthorities(ca),
    ...prefixed('filters', filters),
    ...prefixed('attributes', attributes),
  };
}

function prefixed(prefix: string, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]));
}
