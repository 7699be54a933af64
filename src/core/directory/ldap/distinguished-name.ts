/**
 * A distinguished name (RFC 4514) in one spelling, for comparing: lower case, without blanks around `,`, `=` and
 * `+`, escapes in one form. Two spellings of one name may still differ where only the server knows that they are
 * equal, so a difference must never be taken for "another entry" where it matters.
 */
export function normalizeDn(dn: string): string {
  if (!unusual.test(dn)) return dn.toLowerCase();
  return splitDn(dn)
    .map((part) =>
      part
        .trim()
        .replace(/^([^=]*?)\s*=\s*/, '$1=')
        .replace(/\\([0-9a-f]{2})/gi, (whole, hex: string) => {
          const code = Number.parseInt(hex, 16);
          return code > 0x20 && code < 0x7f ? `\\${String.fromCharCode(code)}` : whole;
        })
        .toLowerCase(),
    )
    .join(',');
}

const unusual = /\\|\s[,=+]|[,=+]\s/;

/** The parts of a name, from the entry's own to the root's, at commas that are not escaped. */
export function splitDn(dn: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let index = 0; index < dn.length; index += 1) {
    if (dn[index] === '\\') index += 1;
    else if (dn[index] === ',') {
      parts.push(dn.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(dn.slice(start));
  return parts;
}

/** The name of the entry above; empty at the root. */
export function parentDn(dn: string): string {
  for (let index = 0; index < dn.length; index += 1) {
    if (dn[index] === '\\') index += 1;
    else if (dn[index] === ',') return dn.slice(index + 1);
  }
  return '';
}

/** Whether a name lies below another or is the same; both normalized. */
export function isAtOrBelow(dn: string, ancestor: string): boolean {
  return ancestor === '' || dn === ancestor || dn.endsWith(`,${ancestor}`);
}

/** Whether a text looks like a distinguished name. */
export function isDn(text: string): boolean {
  return splitDn(text).every((part) => /^\s*[a-z0-9.-]+\s*=\s*\S/i.test(part));
}

/** `corp.contoso.test` of `OU=Sales,DC=corp,DC=contoso,DC=test`; empty without any DC. */
export function domainOf(dn: string): string {
  return splitDn(dn)
    .map((part) => /^\s*dc\s*=\s*(.+?)\s*$/i.exec(part)?.[1])
    .filter((label) => label !== undefined)
    .join('.')
    .toLowerCase();
}
