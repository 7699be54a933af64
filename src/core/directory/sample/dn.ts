import { splitDn } from '../ldap/distinguished-name.ts';

/** The value of the first part: `Sales` of `OU=Sales,DC=corp`. */
export function firstValue(dn: string): string {
  const [first = ''] = splitDn(dn);
  return first.slice(first.indexOf('=') + 1).trim();
}

/** A value as it stands in a distinguished name. */
export function escapeDnValue(value: string): string {
  return value.replace(/[,+"\\<>;=]/g, '\\$&').replace(/^[ #]| $/g, '\\$&');
}
