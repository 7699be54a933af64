import { isGlobalCatalog } from '../forest.ts';
import { domainOf } from './distinguished-name.ts';
import { anyOf, escapeValue } from './filter-text.ts';
import type { LdapSource } from './ldap-source.ts';
import { valuesOf } from './root-dse.ts';

/**
 * The DNS name of the domain that somebody calls by its short or DNS name: that of the base DN, or one of its forest
 * where trusted domains are included. Null for any other; empty where the base DN names no domain.
 * @throws {MfaError} `directory.*`
 */
export async function domainCalled(
  { session, baseDn, rootDse }: LdapSource,
  name: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const own = domainOf(baseDn);
  const wanted = name.toLowerCase();
  const hasForest = isGlobalCatalog(session.url);
  if (wanted === own || own === '') return own;
  const { configurationNamingContext, defaultNamingContext } = rootDse;
  const ifFirstLabel = wanted === own.split('.')[0] ? own : null;
  if (configurationNamingContext === '') return ifFirstLabel;
  const isIt = hasForest
    ? anyOf([`(nETBIOSName=${escapeValue(name)})`, `(dnsRoot=${escapeValue(name)})`])
    : `(nCName=${escapeValue(defaultNamingContext)})`;
  const domains = await session.all(
    {
      baseDn: `CN=Partitions,${configurationNamingContext}`,
      scope: 'one',
      filter: `(&(objectClass=crossRef)(nETBIOSName=*)${isIt})`,
      attributes: ['nETBIOSName', 'nCName'],
    },
    signal,
  );
  if (hasForest)
    return domains.length === 0 ? null : domainOf(valuesOf(domains[0] ?? { dn: '' }, 'nCName')[0] ?? '');
  const shortNames = domains.flatMap((entry) => valuesOf(entry, 'nETBIOSName'));
  if (shortNames.length === 0) return ifFirstLabel;
  return shortNames.some((shortName) => shortName.toLowerCase() === wanted) ? own : null;
}
