import { MfaError } from '../../errors.ts';
import type { LdapConnection } from './connection.ts';
import { anyOf, escapeValue, parseFilter } from './filter-text.ts';
import { resultCode, resultError } from './result-errors.ts';
import { type RootDse, valuesOf } from './root-dse.ts';
import { parseUrl } from './server-url.ts';

/** Where domain controllers serve the Global Catalog: all domains of the forest, each with a part of its attributes. */
const ports: readonly number[] = [3268, 3269];

/**
 * What the Global Catalog would hide of people: attributes that it does not hold (MS-ADTS 2.2.9,
 * FPARTIAL_ATTRIBUTE_SET) cannot be told from those without a value, and every phone would seem to be gone. Null
 * where it holds everything, and where something else is connected to.
 * @throws {MfaError} `directory.*` when the schema cannot be read
 */
export async function catalogProblem(
  connection: LdapConnection,
  { isActiveDirectory, configurationNamingContext }: RootDse,
  attributes: readonly string[],
  signal?: AbortSignal,
): Promise<MfaError | null> {
  if (!isActiveDirectory || !ports.includes(parseUrl(connection.url).port)) return null;
  const isOneOf = anyOf(attributes.map((name) => `(lDAPDisplayName=${escapeValue(name)})`));
  const baseDn = `CN=Schema,${configurationNamingContext}`;
  const { entries, result } = await connection.search(
    {
      baseDn,
      scope: 'one',
      filter: parseFilter(`(&(objectClass=attributeSchema)(isMemberOfPartialAttributeSet=TRUE)${isOneOf})`),
      attributes: ['lDAPDisplayName'],
    },
    signal,
  );
  if (result.code !== resultCode.success) {
    throw resultError(result.code, result.diagnostics, { url: connection.url, target: baseDn });
  }
  const held = new Set(entries.flatMap((entry) => valuesOf(entry, 'lDAPDisplayName')).map(lowerCase));
  const missing = attributes.filter((name) => !held.has(lowerCase(name)));
  if (missing.length === 0) return null;
  return new MfaError(
    'directory.invalid',
    `The Global Catalog does not hold ${missing.join(', ')}: people would seem to have none.`,
    {
      advice:
        'Connect to the ports of the domain (636 or 389), add the attributes to the Global Catalog in the schema, or map their fields to none.',
    },
  );
}

function lowerCase(name: string): string {
  return name.toLowerCase();
}
