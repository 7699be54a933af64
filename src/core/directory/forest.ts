import { MfaError } from '../errors.ts';
import type { DirectorySettings } from './directory-settings.ts';

type Servers = Pick<DirectorySettings, 'urls' | 'discovery'>;

/** Where domain controllers serve the Global Catalog: all domains of the forest, each with a part of its attributes. */
export const catalogPorts = { 'ldap:': '3268', 'ldaps:': '3269' } as const;
const domainPorts: readonly string[] = ['', '389', '636'];

/** Whether this is the address of a Global Catalog. */
export function isGlobalCatalog(url: string): boolean {
  return URL.canParse(url) && Object.values<string>(catalogPorts).includes(new URL(url).port);
}

/** Whether people of all domains of the forest are read: every server is asked as a Global Catalog. */
export function includesTrustedDomains({
  type,
  urls,
  discovery,
}: Servers & Pick<DirectorySettings, 'type'>): boolean {
  if (type !== 'activeDirectory') return false;
  const catalogs = servesCatalog({ urls, discovery });
  return catalogs.length > 0 && catalogs.every((isCatalog) => isCatalog);
}

/** Whether some servers would be asked for the forest and others for a domain, which find other people. */
export function mixesForestAndDomain(servers: Servers): boolean {
  return new Set(servesCatalog(servers)).size > 1;
}

/**
 * The same servers, asked for all domains of their forest.
 * @throws {MfaError} `directory.invalid` for one that is named with a port of its own
 */
export function withTrustedDomains<Settings extends Servers>(settings: Settings): Settings {
  const { urls, discovery } = settings;
  return {
    ...settings,
    urls: urls.map(catalogOf),
    discovery: discovery === null ? null : { ...discovery, globalCatalog: true },
  };
}

/** The same servers, asked for the domain that each of them belongs to. */
export function withoutTrustedDomains<Settings extends Servers>(settings: Settings): Settings {
  const { urls, discovery } = settings;
  return {
    ...settings,
    urls: urls.map(domainOf),
    discovery: discovery === null ? null : { domain: discovery.domain, protocol: discovery.protocol },
  };
}

/** The address of a domain controller without the port of its Global Catalog. */
export function domainOf(url: string): string {
  return isGlobalCatalog(url) ? withPort(url, '') : url;
}

function catalogOf(url: string): string {
  if (isGlobalCatalog(url) || !URL.canParse(url)) return url;
  const { protocol, port } = new URL(url);
  const catalogPort = catalogPorts[protocol as keyof typeof catalogPorts];
  if (catalogPort === undefined) return url;
  if (domainPorts.includes(port)) return withPort(url, catalogPort);
  throw new MfaError('directory.invalid', `${url} names a port that is not that of the Global Catalog.`, {
    advice: `Leave the port out, or name ${catalogPort}: trusted domains are read from there.`,
  });
}

function withPort(url: string, port: string): string {
  const changed = new URL(url);
  changed.port = port;
  return changed.href.replace(/\/$/, '');
}

function servesCatalog({ urls, discovery }: Servers): boolean[] {
  return [...urls.map(isGlobalCatalog), ...(discovery === null ? [] : [discovery.globalCatalog === true])];
}
