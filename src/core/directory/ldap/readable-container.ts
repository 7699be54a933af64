import { MfaError } from '../../errors.ts';
import { plainText } from '../../plain-text.ts';
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
