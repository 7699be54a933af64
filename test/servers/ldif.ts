/** One value of an attribute; a Buffer for binary ones such as objectGUID. */
export type LdifValue = string | number | Buffer;

/** Attributes of one record; `undefined` and empty lists are left out, so that callers can build them with `?:`. */
export type LdifAttributes = Readonly<Record<string, LdifValue | readonly LdifValue[] | undefined>>;

/** Values that RFC 2849 calls SAFE-STRING, minus trailing spaces, may stand as they are; others become base64. */
const safeValue = /^(?![ :<])[\x20-\x7e]*(?<! )$/;

/** Writes one record of an LDIF file (RFC 2849) that adds an entry, with its closing empty line. */
export function ldifRecord(dn: string, attributes: LdifAttributes): string {
  return `${ldifLine('dn', dn)}${ldifLines(attributes)}\n`;
}

/** Writes one LDIF record that changes an entry: each given attribute is treated as `operation` says. */
export function ldifChange(
  dn: string,
  operation: 'add' | 'delete' | 'replace',
  attributes: LdifAttributes,
): string {
  const changes = Object.keys(attributes).map((name) => {
    return `${operation}: ${name}\n${ldifLines({ [name]: attributes[name] })}-\n`;
  });
  return `${ldifLine('dn', dn)}changetype: modify\n${changes.join('')}\n`;
}

/** Escapes one value for its use inside a distinguished name (RFC 4514). */
export function escapeDnValue(value: string): string {
  return value.replace(/[,+"\\<>;=]|^[ #]| $/g, (character) => `\\${character}`);
}

function ldifLines(attributes: LdifAttributes): string {
  let lines = '';
  for (const [name, value] of Object.entries(attributes)) {
    const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
    for (const one of values) lines += ldifLine(name, one);
  }
  return lines;
}

function ldifLine(name: string, value: LdifValue): string {
  if (typeof value === 'number') return `${name}: ${value}\n`;
  if (typeof value === 'string' && safeValue.test(value)) return `${name}: ${value}\n`;
  return `${name}:: ${Buffer.from(value as string).toString('base64')}\n`;
}
