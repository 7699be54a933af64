import { MfaError } from '../../errors.ts';
import { plainText } from '../../plain-text.ts';
import { normalizeDn, parentDn } from './distinguished-name.ts';
import { valuesOf } from './root-dse.ts';
import type { LdapSession } from './session.ts';

/**
 * Asks, when a container seems empty, whether it is or only looks so: a server that shows no child at all but counts
 * some is hiding them from the bind account.
 * @throws {MfaError} `directory.listingIncomplete` when the content cannot be read
 */
export async function requireReadable(session: LdapSession, dn: string, signal?: AbortSignal): Promise<void> {
  const counters = ['hasSubordinates', 'numSubordinates', 'msDS-Approx-Immed-Subordinates'];
  const entry = await session.read(dn, counters, { signal });
  const [hasSubordinates, ...numbers] =
    entry === null ? [] : counters.map((name) => valuesOf(entry, name)[0]);
  if (hasSubordinates?.toUpperCase() !== 'TRUE' && !numbers.some((number) => Number(number ?? 0) > 0)) return;
  const query = { baseDn: dn, scope: 'one' as const, filter: '(objectClass=*)', attributes: ['1.1'] };
  for await (const page of session.pages(query, signal)) if (page.length > 0) return;
  throw new MfaError(
    'directory.listingIncomplete',
    `The container "${plainText(dn)}" is not empty, but the bind account may not see what is in it.`,
    { advice: 'Give the bind account the right to list the content of the container.' },
  );
}

/**
 * Asks the same of containers, of those that are not to be seen at the nearest one above that is: who may not list a
 * container sees nothing of what is anywhere below it.
 * @returns the containers that are gone, or hidden by what shows something else
 * @throws {MfaError} `directory.listingIncomplete` when the content of one cannot be read
 */
export async function requireVisible(
  session: LdapSession,
  containerDns: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const unseen = new Set<string>();
  const known = new Map<string, boolean>();
  for (const dn of containerDns) {
    let place = dn;
    while (place !== '' && !(await isVisible(place))) place = parentDn(place);
    if (place !== dn) unseen.add(dn);
  }
  return unseen;

  async function isVisible(dn: string): Promise<boolean> {
    const name = normalizeDn(dn);
    const before = known.get(name);
    if (before !== undefined) return before;
    const isThere = (await session.read(dn, ['1.1'], { signal })) !== null;
    if (isThere) await requireContent(session, dn, signal);
    known.set(name, isThere);
    return isThere;
  }
}

async function requireContent(session: LdapSession, dn: string, signal?: AbortSignal): Promise<void> {
  const query = { baseDn: dn, scope: 'one' as const, filter: '(objectClass=*)', attributes: ['1.1'] };
  for await (const page of session.pages(query, signal)) if (page.length > 0) return;
  await requireReadable(session, dn, signal);
}

/**
 * An empty listing means something only for a container that is there.
 * @throws {MfaError} `directory.entryNotFound`
 */
export async function requireContainer(
  session: LdapSession,
  dn: string,
  signal?: AbortSignal,
): Promise<void> {
  if ((await session.read(dn, ['1.1'], { signal })) !== null) return;
  throw new MfaError(
    'directory.entryNotFound',
    `There is no container "${plainText(dn)}" in the directory.`,
    {
      advice:
        'Check the distinguished name ("mfa-console directory tree" shows them), and the rights of the bind account.',
    },
  );
}
