import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { MfaError, messageOf } from '../../errors.ts';
import { plainText } from '../../plain-text.ts';
import type { DirectoryServers } from '../directory-servers.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { inspectCertificate, type ShownCertificate } from './certificate.ts';
import { type Check, type Finding, good } from './check.ts';
import { LdapConnection } from './connection.ts';
import { connectionError } from './connection-errors.ts';
import { forestGap } from './doctor-forest.ts';
import { type BoundServer, tryDeleted, tryDirSync, tryPaging } from './doctor-rights.ts';
import { readSample } from './doctor-sample.ts';
import { findServers } from './doctor-servers.ts';
import { parseFilter } from './filter-text.ts';
import { judgeChain, judgeExpiry, judgeName } from './judge-certificate.ts';
import { logOn } from './open-connection.ts';
import { resultCode, resultError } from './result-errors.ts';
import { type RootDse, readRootDse } from './root-dse.ts';
import { parseUrl } from './server-url.ts';
import { openTcp } from './sockets.ts';
import { baseDnOf } from './suggest-base-dn.ts';

export interface TestOptions {
  signal?: AbortSignal | undefined;
  /** How many users are read as a sample. Default: 3. */
  sampleLimit?: number;
  /** Left out: now. */
  now?: Date;
}

/** The steps in their order; each builds on those before it. */
const steps = [
  'DNS',
  'TCP',
  'TLS',
  'TLS certificate chain',
  'TLS certificate name',
  'TLS certificate expiry',
  'Bind',
  'Base DN',
  'Sample user',
  'Paging',
  'DirSync right',
  'Deleted Objects right',
] as const;
type Step = (typeof steps)[number];

/**
 * Tries every server of the settings, saved or not, step by step, and says for each step what was found or what to
 * do. A step that cannot be tried because of an earlier one says so. The rights to read changes and deleted objects
 * are conveniences: missing ones are warnings.
 */
export async function* testConnection(
  settings: DirectorySettings,
  password: string | null,
  servers: DirectoryServers,
  options: TestOptions = {},
): AsyncGenerator<Check> {
  const { finding, urls } = await findServers(settings, servers);
  if (finding !== null) yield { step: 'Servers', server: null, wasTried: true, ...finding };
  for (const url of urls) {
    const server = urls.length > 1 ? url : null;
    for await (const check of testServer(url, settings, password, options)) yield { ...check, server };
  }
}

async function* testServer(
  url: string,
  settings: DirectorySettings,
  password: string | null,
  options: TestOptions,
): AsyncGenerator<Omit<Check, 'server'>> {
  const visit = new Visit(url, settings, password, options);
  const failed: Step[] = [];
  try {
    for (const step of steps) {
      const obstacle = failed.find(
        (one) => !(step.startsWith('TLS certificate') && one.startsWith('TLS certificate')),
      );
      if (obstacle !== undefined) {
        const message = `Not tried, because "${obstacle}" failed.`;
        yield { step, ok: false, message, advice: null, wasTried: false };
        continue;
      }
      const finding = await visit.take(step);
      if (finding === null) continue;
      if (!finding.ok) failed.push(step);
      yield { step, wasTried: true, ...finding };
    }
  } finally {
    visit.end();
  }
}

/** What is learned of one server while the steps are taken. */
class Visit {
  readonly #url: string;
  readonly #settings: DirectorySettings;
  readonly #password: string | null;
  readonly #options: TestOptions;
  #certificate: ShownCertificate | undefined;
  #connection: LdapConnection | undefined;
  #rootDse: RootDse | undefined;

  constructor(url: string, settings: DirectorySettings, password: string | null, options: TestOptions) {
    this.#url = url;
    this.#settings = settings;
    this.#password = password;
    this.#options = options;
  }

  /** Takes a step; null when it does not apply to this server. */
  async take(step: Step): Promise<Finding | null> {
    try {
      return await this.#steps[step]();
    } catch (error) {
      if (error instanceof MfaError) {
        if (error.code === 'run.cancelled') throw error;
        return { ok: false, message: error.message, advice: error.advice ?? null };
      }
      return { ok: false, message: `Something unexpected happened: ${messageOf(error)}.`, advice: null };
    }
  }

  end(): void {
    this.#connection?.close();
  }

  readonly #steps: Record<Step, () => Promise<Finding | null>> = {
    DNS: () => this.#resolve(),
    TCP: () => this.#reach(),
    TLS: () => this.#encrypt(),
    'TLS certificate chain': () => this.#judge(judgeChain),
    'TLS certificate name': () => this.#judge(judgeName),
    'TLS certificate expiry': () => this.#judge(judgeExpiry),
    Bind: () => this.#bind(),
    'Base DN': () => this.#findBase(),
    'Sample user': () => readSample(this.#bound()),
    Paging: () => tryPaging(this.#bound()),
    'DirSync right': () => tryDirSync(this.#bound()),
    'Deleted Objects right': () => tryDeleted(this.#bound()),
  };

  async #resolve(): Promise<Finding> {
    const { host } = parseUrl(this.#url);
    if (isIP(host) !== 0) return good(`${host} is an address.`);
    try {
      const addresses = await lookup(host, { all: true });
      return good(`${host} is ${addresses.map(({ address }) => address).join(', ')}.`);
    } catch (error) {
      throw connectionError(error, this.#url, 'connect');
    }
  }

  async #reach(): Promise<Finding> {
    const { host, port } = parseUrl(this.#url);
    const startedAt = performance.now();
    const socket = await openTcp(this.#url, this.#settings.connectTimeoutSeconds, this.#options.signal);
    socket.destroy();
    return good(
      `${host} accepts connections at port ${port} (${Math.round(performance.now() - startedAt)} ms).`,
    );
  }

  async #encrypt(): Promise<Finding> {
    const { protocol } = parseUrl(this.#url);
    if (protocol === 'ldap:' && this.#settings.security === 'none') {
      const message = 'The connection is not encrypted: passwords and people can be read on the way.';
      const advice = 'Use an ldaps:// URL or StartTLS.';
      return { ok: this.#settings.acceptsPlain, message, advice };
    }
    this.#certificate = await inspectCertificate(this.#url, this.#settings, this.#options.signal);
    return good(`${protocol === 'ldaps:' ? 'LDAPS' : 'StartTLS'} works with ${this.#certificate.protocol}.`);
  }

  /** Nothing to judge where there is no TLS. */
  async #judge(judgement: typeof judgeExpiry): Promise<Finding | null> {
    if (this.#certificate === undefined) return null;
    return judgement(this.#certificate, this.#url, this.#options.now ?? new Date());
  }

  async #bind(): Promise<Finding> {
    const { signal } = this.#options;
    const { bindUser } = this.#settings;
    this.#connection = await LdapConnection.open(this.#url, this.#settings, signal);
    await logOn(this.#connection, this.#settings, this.#password, signal);
    this.#rootDse = await readRootDse(this.#connection, signal);
    const { vendor, dnsHostName } = this.#rootDse;
    const server = plainText(dnsHostName === null ? vendor : `${vendor} on ${dnsHostName}`);
    return bindUser === null
      ? {
          ok: true,
          message: `Connected to ${server} as nobody, because no bind account is set.`,
          advice: 'Most directories show people only to an account: set a bind account.',
        }
      : good(`${server} accepts ${plainText(bindUser)} with its password.`);
  }

  async #findBase(): Promise<Finding> {
    const { connection, rootDse } = this.#bound();
    const suggestion = baseDnOf(this.#url, rootDse);
    const baseDn = this.#settings.baseDn || suggestion;
    if (baseDn === '') {
      return {
        ok: false,
        message: 'No base DN is set, and the server suggests none.',
        advice: 'Set one, such as DC=corp,DC=example.',
      };
    }
    const { result, entries } = await connection.search(
      { baseDn, scope: 'base', filter: parseFilter('(objectClass=*)'), attributes: ['1.1'] },
      this.#options.signal,
    );
    const isThere = result.code === resultCode.success && entries.length > 0;
    if (isThere)
      return forestGap(this.#url, rootDse, baseDn) ?? good(`The base DN ${plainText(baseDn)} is there.`);
    const error = resultError(result.code || resultCode.noSuchObject, result.diagnostics, {
      url: this.#url,
      target: baseDn,
    });
    if (error.code !== 'directory.entryNotFound' && error.code !== 'directory.invalid') throw error;
    return {
      ok: false,
      message: `The base DN "${plainText(baseDn)}" is not on ${this.#url}, or the bind account may not see it.`,
      advice: suggestion === '' ? (error.advice ?? null) : `The server's own is ${plainText(suggestion)}.`,
    };
  }

  #bound(): BoundServer {
    const connection = this.#connection;
    const rootDse = this.#rootDse;
    if (connection === undefined || rootDse === undefined) throw new Error('not connected yet');
    const { signal, sampleLimit = 3 } = this.#options;
    return {
      url: this.#url,
      settings: this.#settings,
      connection,
      rootDse,
      baseDn: this.#settings.baseDn || baseDnOf(this.#url, rootDse),
      sampleLimit,
      signal,
    };
  }
}
