import type { EncodableAttributes, FakeValue } from './fake-ldap-encoding.ts';
import type { SearchRequest } from './fake-ldap-request.ts';

/** An entry as a test writes it down: one value or several per attribute. */
export interface FakeEntry {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, FakeValue | readonly FakeValue[]>>;
}

/** Those of the entries that a search finds, in their order. */
export function findEntries(entries: readonly FakeEntry[], request: SearchRequest): FakeEntry[] {
  const base = normalizeDn(request.baseDn);
  return entries.filter((entry) => {
    return (
      isInScope(normalizeDn(entry.dn), base, request.scope) &&
      request.matches((name) => readValues(entry, name))
    );
  });
}

/** Whether a search may start at `dn`: an entry has it or lies below it, or it is one of the naming contexts. */
export function hasEntry(entries: readonly FakeEntry[], dn: string): boolean {
  const base = normalizeDn(dn);
  return entries.some((entry) => {
    if (isInScope(normalizeDn(entry.dn), base, 'sub')) return true;
    return readValues(entry, 'namingcontexts').some((value) => normalizeDn(value.toString()) === base);
  });
}

/**
 * The attributes of an entry that a search asked for. As in Active Directory, a list of more than `maxValRange` values
 * comes as an empty attribute and a first range; further ranges come when asked for (MS-ADTS 3.1.1.3.1.3.3).
 */
export function selectAttributes(
  entry: FakeEntry,
  requested: readonly string[],
  maxValRange: number,
): EncodableAttributes {
  const selected = new Map<string, readonly FakeValue[]>();
  for (const request of requested.length > 0 ? requested : ['*']) {
    const [, name = request, first, last] = /^([^;]+);range=(\d+)-(\d+|\*)$/i.exec(request) ?? [];
    for (const [type, given] of Object.entries(entry.attributes)) {
      if (name !== '*' && name.toLowerCase() !== type.toLowerCase()) continue;
      const values = list(given);
      if (first === undefined && values.length <= maxValRange) {
        selected.set(type, values);
        continue;
      }
      if (first === undefined) selected.set(type, []);
      const start = Number(first ?? 0);
      const stop = Math.min(
        start + maxValRange,
        last === undefined || last === '*' ? Infinity : Number(last) + 1,
      );
      const range = values.slice(start, stop);
      if (range.length === 0) continue;
      const end = stop >= values.length ? '*' : stop - 1;
      selected.set(`${type};range=${start}-${end}`, range);
    }
  }
  return selected;
}

function isInScope(dn: string, base: string, scope: SearchRequest['scope']): boolean {
  if (scope === 'base') return dn === base;
  const isBelow = base === '' || dn.endsWith(`,${base}`);
  if (scope === 'sub') return dn === base || isBelow;
  return isBelow && !/(?<!\\),/.test(dn.slice(0, dn.length - base.length - 1));
}

function readValues(entry: FakeEntry, lowerCaseName: string): readonly Buffer[] {
  const type = Object.keys(entry.attributes).find((name) => name.toLowerCase() === lowerCaseName);
  const values = type === undefined ? undefined : entry.attributes[type];
  return values === undefined ? [] : list(values).map((value) => Buffer.from(value as string));
}

function list(values: FakeValue | readonly FakeValue[]): readonly FakeValue[] {
  return typeof values === 'string' || Buffer.isBuffer(values) ? [values] : values;
}

/** Good enough for the names that tests invent: no case, no blanks around commas and equals signs. */
function normalizeDn(dn: string): string {
  return dn.toLowerCase().replace(/\s*([,=])\s*/g, '$1');
}
