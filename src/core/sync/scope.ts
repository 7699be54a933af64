import { hash } from 'node:crypto';
import { attributeMap } from '../directory/attributes.ts';
import type { DirectorySettings } from '../directory/directory-settings.ts';
import { importSettings } from '../import/desired-fields.ts';
import type { CompanySettings } from '../settings/company-settings.ts';
import type { SyncItem } from './sync-item.ts';

/**
 * A digest of all that decides whom an item finds, beside the directory's own content: its selection, the directory,
 * the account that looks, the filters, and by what a person is recognized. Somebody whom an item of another scope does not find has perhaps
 * not left anything.
 */
export function scopeOf({ selection }: SyncItem, settings: DirectorySettings): string {
  const { type, urls, discovery, baseDn, bindUser, filters } = settings;
  const { uniqueIdentifier, uniqueIdentifierType } = attributeMap(type, settings.attributes);
  const where = selection.scope === 'filter' ? selection : { ...selection, dn: null };
  return digest([
    where,
    [type, urls, discovery, baseDn],
    bindUser,
    filters,
    [uniqueIdentifier, uniqueIdentifierType],
  ]);
}

/** A digest of what says which directory it is. A copy of one has the same people, and perhaps other truths. */
export function directoryScope({ type, urls, discovery, baseDn }: DirectorySettings): string {
  return digest([type, urls, discovery, baseDn]);
}

/** A digest of everything after whose change everybody has to be read: items, their order, the directory, defaults. */
export function scopeOfAll(
  items: readonly SyncItem[],
  settings: DirectorySettings,
  companySettings: CompanySettings,
): string {
  const { type, attributes } = settings;
  const definitions = items.map((item) => {
    const { id, enabled, rules, leavers, removeAfterDays } = item;
    return [id, enabled, rules, leavers, removeAfterDays, scopeOf(item, settings)];
  });
  return digest([definitions, attributeMap(type, attributes), importSettings(companySettings)]);
}

function digest(value: unknown): string {
  return hash('sha256', JSON.stringify(value), 'base64');
}
