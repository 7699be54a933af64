import { incomplete } from './paged-search.ts';
import { valuesOf } from './root-dse.ts';
import type { LdapSession } from './session.ts';

/**
 * All values of an attribute that may have many, in the pieces in which the server gives them. Active Directory
 * gives 1,500 at once and says with `member;range=0-1499` that there are more (MS-ADTS 3.1.1.3.1.3.3).
 * @throws {MfaError} `directory.listingIncomplete` when the server does not give the rest
 */
export async function* rangedValues(
  source: Pick<LdapSession, 'read'>,
  dn: string,
  attribute: string,
  signal?: AbortSignal,
): AsyncGenerator<string[]> {
  const range = new RegExp(`^${attribute};range=(\\d+)-(\\d+|\\*)$`, 'i');
  let read = 0;
  let wanted = attribute;
  while (wanted !== '') {
    const entry = await source.read(dn, [wanted], { signal });
    const name = Object.keys(entry ?? {}).find((key) => range.test(key) && entry?.[key] !== undefined);
    const whole = entry === null ? [] : valuesOf(entry, attribute);
    if (entry === null || name === undefined) {
      if (read > 0) throw stopped(dn, attribute, read);
      if (whole.length > 0) yield whole;
      return;
    }
    const [, first = '', last = ''] = range.exec(name) ?? [];
    const values = valuesOf(entry, name);
    if (Number(first) !== read || values.length === 0) throw stopped(dn, attribute, read);
    read += values.length;
    yield values;
    wanted = last === '*' ? '' : `${attribute};range=${read}-*`;
  }
}

function stopped(dn: string, attribute: string, read: number): Error {
  return incomplete({ baseDn: dn }, read, `the server did not give the rest of the attribute ${attribute}`, {
    advice: 'Try again; the entry may have changed meanwhile.',
  });
}
