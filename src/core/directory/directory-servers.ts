import type { SrvRecord } from 'node:dns';
import { MfaError } from '../errors.ts';
import type { DirectorySettings } from './directory-settings.ts';
import { catalogPorts } from './forest.ts';

const shortestRestMs = 30_000;
const longestRestMs = 300_000;

/** What became of an attempt to use a server. */
export interface ServerReport {
  readonly url: string;
  readonly works: boolean;
}

/** A server that rests. */
export interface ServerRest {
  readonly url: string;
  /** How long it goes on. */
  readonly remainingMs: number;
  /** How long it is in all; the next one is longer. */
  readonly restMs: number;
}

export interface DirectoryServersOptions {
  /** Looks up the SRV records of a name, as `dns.promises.resolveSrv`. */
  resolveSrv(name: string): Promise<SrvRecord[]>;
  /** Milliseconds of a steady clock, which setting the time of the machine does not move. */
  now(): number;
  /** Servers that rest already, as somebody else has found. */
  readonly resting?: readonly ServerRest[];
  /** Told of every attempt. */
  readonly onReport?: (report: ServerReport) => void;
}

/**
 * The servers of a directory in the order to try them: those that are named, then those that DNS knows. One that
 * could not be used rests for a while, longer each time: it is tried after the others, so that a server that is
 * down does not delay every connection, and still when all others fail, too.
 */
export class DirectoryServers {
  readonly #options: DirectoryServersOptions;
  readonly #resting = new Map<string, { until: number; restMs: number }>();

  constructor(options: DirectoryServersOptions) {
    this.#options = options;
    for (const { url, remainingMs, restMs } of options.resting ?? []) {
      this.#resting.set(url, { until: options.now() + remainingMs, restMs });
    }
  }

  /** @returns addresses such as `ldaps://dc1.corp.example` @throws {MfaError} `directory.dns` */
  async inOrder(settings: Pick<DirectorySettings, 'type' | 'urls' | 'discovery'>): Promise<string[]> {
    const urls = await this.all(settings);
    const now = this.#options.now();
    const isResting = (url: string) => (this.#resting.get(url)?.until ?? 0) > now;
    return [...urls.filter((url) => !isResting(url)), ...urls.filter(isResting)];
  }

  /** As {@link inOrder}, without regard to what happened before. */
  async all({
    type,
    urls,
    discovery,
  }: Pick<DirectorySettings, 'type' | 'urls' | 'discovery'>): Promise<string[]> {
    if (discovery === null) return [...urls];
    const name = serviceName(type, discovery);
    try {
      const found = await discover(name, discovery, this.#options.resolveSrv);
      return [...new Set([...urls, ...found])];
    } catch (cause) {
      // Servers that are named are reached without DNS, too.
      if (urls.length > 0) return [...urls];
      throw new MfaError(
        'directory.dns',
        `DNS names no directory server for ${discovery.domain} (${name}).`,
        {
          advice:
            'Check the name of the domain and the DNS servers of this machine, or name the servers yourself.',
          cause,
        },
      );
    }
  }

  hasFailed(url: string): void {
    const before = this.#resting.get(url)?.restMs ?? shortestRestMs / 2;
    const restMs = Math.min(longestRestMs, before * 2);
    this.#resting.set(url, { until: this.#options.now() + restMs, restMs });
    this.#options.onReport?.({ url, works: false });
  }

  works(url: string): void {
    this.#resting.delete(url);
    this.#options.onReport?.({ url, works: true });
  }

  /** Takes over what a thread has found. */
  learn({ url, works }: ServerReport): void {
    if (works) this.works(url);
    else this.hasFailed(url);
  }

  /** What a thread is to know from its beginning; its clock may be another. */
  resting(): ServerRest[] {
    const now = this.#options.now();
    return [...this.#resting].map(([url, { until, restMs }]) => ({ url, remainingMs: until - now, restMs }));
  }
}

/** Asks the name servers of this machine, and gives up after some seconds. */
export function systemServers(
  known: Pick<DirectoryServersOptions, 'resting' | 'onReport'> = {},
): DirectoryServers {
  return new DirectoryServers({
    ...known,
    async resolveSrv(name) {
      const { Resolver } = await import('node:dns/promises');
      return new Resolver({ timeout: 2000, tries: 2 }).resolveSrv(name);
    },
    now: () => performance.now(),
  });
}

type Discovery = NonNullable<DirectorySettings['discovery']>;

/** Where domain controllers register themselves, whatever their site (MS-ADTS 6.3.2.3); for others RFC 2782. */
function serviceName(type: DirectorySettings['type'], { domain, globalCatalog }: Discovery): string {
  if (globalCatalog) return `_ldap._tcp.gc._msdcs.${domain}`;
  return type === 'ldap' ? `_ldap._tcp.${domain}` : `_ldap._tcp.dc._msdcs.${domain}`;
}

/**
 * By priority, then by weight, and never by chance: changes can be read only from the server of the last run.
 * The ports of DNS are those of plain LDAP.
 */
async function discover(
  name: string,
  { protocol, globalCatalog }: Discovery,
  resolveSrv: DirectoryServersOptions['resolveSrv'],
): Promise<string[]> {
  const records = await resolveSrv(name);
  if (records.length === 0) throw new Error(`${name} has no records`);
  return records
    .toSorted(
      (left, right) =>
        left.priority - right.priority || right.weight - left.weight || left.name.localeCompare(right.name),
    )
    .map((record) => {
      const host = record.name.replace(/\.$/, '').toLowerCase();
      if (globalCatalog) return `${protocol}://${host}:${catalogPorts[`${protocol}:`]}`;
      return protocol === 'ldaps' || record.port === 389
        ? `${protocol}://${host}`
        : `${protocol}://${host}:${record.port}`;
    });
}
