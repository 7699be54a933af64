import { MfaError } from '../../errors.ts';
import { plainText } from '../../plain-text.ts';
import { isGlobalCatalog } from '../forest.ts';
import type { LdapConnection } from './connection.ts';
import { allOf, anyOf, escapeValue, parseFilter } from './filter-text.ts';
import { inChain } from './group-members.ts';
import { resultCode, resultError } from './result-errors.ts';
import { type RootDse, valuesOf } from './root-dse.ts';
import type { LdapSession } from './session.ts';

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
  if (!isActiveDirectory || !isGlobalCatalog(connection.url)) return null;
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
        'Leave trusted domains out, add the attributes to the Global Catalog in the schema, or map their fields to none.',
    },
  );
}

/** LDAP_MATCHING_RULE_BIT_AND (MS-ADTS 3.1.1.3.4.4.1) with the bit of universal groups (MS-ADTS 2.2.12). */
const isNotUniversal = '(!(groupType:1.2.840.113556.1.4.803:=8))';

/**
 * Makes sure that a Global Catalog knows all members of a group and of those in it. It does of universal groups only;
 * a group of another kind seems to be empty in the catalog of another domain, and so all its members to have left
 * after a fail-over.
 * @throws {MfaError} `directory.invalid`
 */
export async function requireWholeGroup(
  session: LdapSession,
  { baseDn, groupDn, isRecursive }: { baseDn: string; groupDn: string; isRecursive: boolean },
  signal: AbortSignal | undefined,
): Promise<void> {
  const itself = await session.read(groupDn, ['1.1'], { filter: isNotUniversal, signal });
  const inIt = `(memberOf:${inChain}:=${escapeValue(groupDn)})`;
  const nested = {
    baseDn,
    scope: 'sub' as const,
    filter: allOf('(objectClass=group)', isNotUniversal, inIt),
  };
  const others = isRecursive ? await session.all({ ...nested, attributes: ['1.1'] }, signal) : [];
  const [partly] = [...(itself === null ? [] : [itself]), ...others];
  if (partly === undefined) return;
  throw new MfaError(
    'directory.invalid',
    `The Global Catalog does not know all members of "${plainText(partly.dn)}", which is no universal group.`,
    {
      advice:
        'Make it a universal group, take its people by a container or a filter, or leave trusted domains out.',
    },
  );
}

function lowerCase(name: string): string {
  return name.toLowerCase();
}
