import { describeAuthorities } from '../tls/authorities.ts';
import type { GatewaySettings } from './gateway-settings.ts';

/** Old and new values by setting, as they stand in the audit log. */
export type GatewayChanges = Record<string, [old: unknown, now: unknown]>;

/** Setting by setting, header by header, value by value; certificates by their fingerprints. */
export function gatewayChanges(before: GatewaySettings, after: GatewaySettings): GatewayChanges {
  const [old, now] = [flat(before), flat(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  const different = names.filter((name) => (old[name] ?? null) !== (now[name] ?? null));
  return Object.fromEntries(different.map((name) => [name, [old[name] ?? null, now[name] ?? null]]));
}

/** The settings as they may be printed and noted. */
export function shownGateway(settings: GatewaySettings): GatewaySettings {
  return { ...settings, ca: describeAuthorities(settings.ca) };
}

function flat(settings: GatewaySettings): Record<string, unknown> {
  const { headers, values, ...rest } = shownGateway(settings);
  return { ...rest, ...prefixed('headers', headers), ...prefixed('values', values) };
}

function prefixed(prefix: string, record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [`${prefix}.${name}`, value]));
}
