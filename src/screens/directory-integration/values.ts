import { type AttributeField, attributeFields } from '../../core/directory/attributes.ts';
import { type DirectoryType, directoryTypes } from '../../core/directory/directory.ts';
import type { DirectorySettings } from '../../core/directory/directory-settings.ts';
import {
  domainOf,
  includesTrustedDomains,
  withoutTrustedDomains,
  withTrustedDomains,
} from '../../core/directory/forest.ts';
import { filterNames, withAttributes, withFilters } from '../../core/directory/mapping.ts';
import { authoritiesIn, trustValues } from '../tls/trust-fields.ts';
import type { FormValues } from '../widgets/form/field.ts';
import type { Encryption } from './connection-fields.ts';
import { attributeId, defaultMapping, filterId } from './mapping-fields.ts';

/** Settings as the fields have them. */
export function valuesOf(settings: DirectorySettings): FormValues {
  const encryption = encryptionOf(settings);
  const hasForest = includesTrustedDomains(settings);
  return {
    kind: settings.type,
    servers: settings.urls.map((url) => shortUrl(hasForest ? domainOf(url) : url, encryption)).join(' '),
    trustedDomains: hasForest,
    domain: settings.discovery?.domain ?? '',
    encryption,
    acceptsPlain: encryption === 'none' && settings.acceptsPlain,
    ...trustValues(settings.ca),
    bindUser: settings.bindUser ?? '',
    password: '',
    baseDn: settings.baseDn,
    connectTimeout: String(settings.connectTimeoutSeconds),
    timeLimit: String(settings.timeLimitSeconds),
    pageSize: String(settings.pageSize),
    ...Object.assign({}, ...directoryTypes.map((type) => mappingOf(type, settings))),
  };
}

/**
 * Fields as settings; what has no field stays as it is in `base`.
 * @throws {MfaError} `tls.invalid` when the CA file is none; `directory.invalid` when a server cannot be asked for
 *   trusted domains
 */
export function settingsOf(values: FormValues, base: DirectorySettings): DirectorySettings {
  const text = (id: string) => String(values[id] ?? '').trim();
  const type = values.kind as DirectoryType;
  const mapping = mappingIn(type, text, base);
  if (type === 'sample') return { ...base, type, ...mapping };
  const encryption = values.encryption as Encryption;
  const settings: DirectorySettings = {
    type,
    urls: serverUrls(text('servers'), encryption),
    discovery: discoveryIn(text('domain'), encryption, base),
    baseDn: text('baseDn'),
    security: encryption === 'none' ? 'none' : 'startTls',
    acceptsPlain: encryption === 'none' && values.acceptsPlain === true,
    ca: encryption === 'none' ? base.ca : authoritiesIn(values, base.ca),
    bindUser: text('bindUser') === '' ? null : text('bindUser'),
    connectTimeoutSeconds: Number(text('connectTimeout')),
    timeLimitSeconds: Number(text('timeLimit')),
    pageSize: Number(text('pageSize')),
    ...mapping,
  };
  const hasForest = type === 'activeDirectory' && values.trustedDomains === true;
  return hasForest ? withTrustedDomains(settings) : settings;
}

/** Addresses as they are stored; one without a protocol has that of the chosen encryption. */
function serverUrls(text: string, encryption: Encryption): string[] {
  return text
    .split(/[\s,;]+/)
    .filter((server) => server !== '')
    .map((server) => (server.includes('://') ? server : `${protocolOf(encryption)}://${server}`));
}

/** Encrypted as the rest is, unless it was stored otherwise. */
function discoveryIn(
  domain: string,
  encryption: Encryption,
  base: DirectorySettings,
): DirectorySettings['discovery'] {
  if (domain === '') return null;
  const { discovery } = withoutTrustedDomains(base);
  if (domain === discovery?.domain && encryption === encryptionOf(base)) return discovery;
  return { domain, protocol: protocolOf(encryption) };
}

function protocolOf(encryption: Encryption): 'ldaps' | 'ldap' {
  return encryption === 'ldaps' ? 'ldaps' : 'ldap';
}

/** LDAPS when every address has it; the settings decide about the others. */
function encryptionOf({ urls, discovery, security }: DirectorySettings): Encryption {
  return urls.every((url) => isLdaps(url)) && discovery?.protocol !== 'ldap' ? 'ldaps' : security;
}

function shortUrl(url: string, encryption: Encryption): string {
  return isLdaps(url) === (encryption === 'ldaps')
    ? url.replace(/^ldaps?:\/\//i, '').replace(/\/$/, '')
    : url;
}

function isLdaps(url: string): boolean {
  return /^ldaps:/i.test(url);
}

/** The mapping of one type: the administrator's, where it is the stored type, over the defaults. */
function mappingOf(type: DirectoryType, settings: DirectorySettings): FormValues {
  const defaults = { ...defaultMapping(type, 'filters'), ...defaultMapping(type, 'attributes') };
  if (type !== settings.type) return defaults;
  const filters = filterNames
    .filter((name) => settings.filters[name])
    .map((name) => [filterId(type, name), settings.filters[name] ?? '']);
  const attributes = Object.entries(settings.attributes).map(([name, attribute]) => [
    attributeId(type, name as AttributeField),
    attribute,
  ]);
  return { ...defaults, ...Object.fromEntries([...filters, ...attributes]) };
}

/** What the fields of a type say, as it is stored. */
function mappingIn(
  type: DirectoryType,
  text: (id: string) => string,
  base: DirectorySettings,
): Pick<DirectorySettings, 'filters' | 'attributes'> {
  const ofType = { ...base, type, filters: {}, attributes: {} };
  if (type === 'sample') return { filters: {}, attributes: {} };
  const filters = filterNames.map((name) => [name, text(filterId(type, name))]);
  const attributes = attributeFields.map((name) => [name, text(attributeId(type, name))]);
  const mapped = withAttributes(
    withFilters(ofType, Object.fromEntries(filters)),
    Object.fromEntries(attributes),
  );
  return { filters: mapped.filters, attributes: mapped.attributes };
}
