/** A distinguished name (RFC 4514) in one form, so that two spellings of a name are equal texts. */
export function dnKey(dn: string): string {
  return splitDn(dn)
    .map((part) => {
      const equals = part.indexOf('=');
      const type = part.slice(0, equals).trim();
      return `${type}=${escapeDnValue(unescapeDnValue(part.slice(equals + 1).trim()))}`;
    })
    .join(',')
    .normalize('NFC')
    .toLowerCase();
}

/** The key of the entry above, or `''` at the top. Takes and gives keys of {@link dnKey}. */
export function parentKey(key: string): string {
  return splitDn(key).slice(1).join(',');
}

/** The value of the first part: `Sales` of `OU=Sales,DC=corp`. */
export function firstValue(dn: string): string {
  const first = splitDn(dn)[0] ?? '';
  return unescapeDnValue(first.slice(first.indexOf('=') + 1).trim());
}

/** A value as it stands in a distinguished name. */
export function escapeDnValue(value: string): string {
  return value.replace(/[,+"\\<>;=]/g, '\\$&').replace(/^[ #]| $/g, '\\$&');
}

function splitDn(dn: string): string[] {
  return dn.trim() === '' ? [] : (dn.match(/(?:\\.|[^,\\])+/gsu) ?? []);
}

function unescapeDnValue(value: string): string {
  return value.replace(/(?:\\[0-9a-f]{2})+|\\(.)/gisu, (escaped, single: string | undefined) =>
    single === undefined ? Buffer.from(escaped.replaceAll('\\', ''), 'hex').toString('utf8') : single,
  );
}
