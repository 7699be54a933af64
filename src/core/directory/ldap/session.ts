import { MfaError } from '../../errors.ts';
import type { RawEntry } from '../attributes.ts';
import type { DirectoryServers } from '../directory-servers.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import type { LdapConnection } from './connection.ts';
import { parseFilter } from './filter-text.ts';
import type { SearchRequest } from './messages.ts';
import { openConnection } from './open-connection.ts';
import { pagedSearch } from './paged-search.ts';
import { resultCode, resultError } from './result-errors.ts';

/** A search as the parts of the directory ask for it; `filter` is RFC 4515 text. */
export interface Query extends Omit<SearchRequest, 'filter'> {
  filter: string;
}

export interface ReadOptions {
  filter?: string;
  binaryAttributes?: readonly string[];
  signal?: AbortSignal | undefined;
}

/**
 * Connections to one directory. A listing has a connection to itself, because servers keep the state of paging by
 * connection; idle ones are used again. All are to the server that answered first, as long as it can be used.
 */
export class LdapSession {
  readonly settings: DirectorySettings;
  readonly #password: string | null;
  readonly #idle: LdapConnection[] = [];
  readonly #busy = new Set<LdapConnection>();
  readonly #servers: DirectoryServers;
  #url: string | null = null;
  #isPinned = false;
  #isClosed = false;

  constructor(settings: DirectorySettings, password: string | null, servers: DirectoryServers) {
    this.settings = settings;
    this.#password = password;
    this.#servers = servers;
  }

  /** The address of the server that answered last; empty before that. */
  get url(): string {
    return this.#url ?? '';
  }

  /** Connects, and from then on to that server only. @throws {MfaError} `directory.*` */
  async pin(signal?: AbortSignal): Promise<void> {
    await this.use(async () => undefined, signal);
    this.#isPinned = true;
  }

  /** Lends a connection for the time of `work`. @throws {MfaError} `directory.*` */
  async use<Result>(
    work: (connection: LdapConnection) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const connection = await this.#take(signal);
    try {
      return await work(connection);
    } finally {
      this.#giveBack(connection);
    }
  }

  /** All entries of a query, page by page. @throws {MfaError} see {@link pagedSearch} */
  async *pages(query: Query, signal?: AbortSignal): AsyncGenerator<RawEntry[]> {
    const request = { ...query, filter: parseFilter(query.filter) };
    const connection = await this.#take(signal);
    try {
      yield* pagedSearch(connection, request, {
        pageSize: this.settings.pageSize,
        signal,
      });
    } finally {
      this.#giveBack(connection);
    }
  }

  /** All entries of a query that has few. */
  async all(query: Query, signal?: AbortSignal): Promise<RawEntry[]> {
    const entries: RawEntry[] = [];
    for await (const page of this.pages(query, signal)) entries.push(...page);
    return entries;
  }

  /** One entry, or null when it does not exist, cannot be seen, or does not match the filter. */
  async read(dn: string, attributes: readonly string[], options: ReadOptions = {}): Promise<RawEntry | null> {
    const [entry = null] = await this.readMany([dn], attributes, options);
    return entry;
  }

  /** Entries by their DNs, all asked for at once, in the same order; null as for {@link read}. */
  async readMany(
    dns: readonly string[],
    attributes: readonly string[],
    options: ReadOptions = {},
  ): Promise<(RawEntry | null)[]> {
    if (dns.length === 0) return [];
    const { filter = '(objectClass=*)', binaryAttributes = [], signal } = options;
    const parsed = parseFilter(filter);
    return this.use(async (connection) => {
      const one = async (baseDn: string) => {
        const { entries, result } = await connection.search(
          { baseDn, scope: 'base', filter: parsed, attributes, binaryAttributes },
          signal,
        );
        if (result.code === resultCode.noSuchObject) return null;
        if (result.code !== resultCode.success) {
          throw resultError(result.code, result.diagnostics, { url: connection.url, target: baseDn });
        }
        return entries[0] ?? null;
      };
      return Promise.all(dns.map(one));
    }, signal);
  }

  close(): void {
    this.#isClosed = true;
    for (const connection of [...this.#idle, ...this.#busy]) connection.close();
    this.#idle.length = 0;
  }

  async #take(signal: AbortSignal | undefined): Promise<LdapConnection> {
    if (this.#isClosed) throw new MfaError('directory.disconnected', 'The directory was closed.');
    let connection = this.#idle.pop();
    while (connection !== undefined && !connection.isUsable) connection = this.#idle.pop();
    if (connection === undefined) {
      const order = await this.#order();
      connection = await openConnection(this.settings, this.#password, order, this.#servers, signal);
      this.#url = connection.url;
    }
    this.#busy.add(connection);
    return connection;
  }

  async #order(): Promise<string[]> {
    const last = this.#url;
    if (last !== null && this.#isPinned) return [last];
    const urls = await this.#servers.inOrder(this.settings);
    return last === null ? urls : [last, ...urls.filter((url) => url !== last)];
  }

  #giveBack(connection: LdapConnection): void {
    this.#busy.delete(connection);
    if (this.#isClosed) connection.close();
    else if (connection.isUsable) this.#idle.push(connection);
  }
}
