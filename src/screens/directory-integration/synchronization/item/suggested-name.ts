import type { SingleSelection } from '../../../../core/directory/directory.ts';

const longestName = 100;

/** A name for an item, after its place: "OU=Sales", "VPN Users". Empty where the place has no name. */
export function suggestedName(selection: SingleSelection): string {
  if (!('dn' in selection)) return '';
  const [own = ''] = /^(\\.|[^,\\])*/.exec(selection.dn) ?? [];
  const name = selection.scope === 'group' ? own.replace(/^[^=]*=/, '') : own;
  return name.replace(/\\(?=[^0-9a-f])/gi, '').slice(0, longestName);
}
