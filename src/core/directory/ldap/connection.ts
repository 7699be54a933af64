import { connect as connectTcp, isIP, type Socket } from 'node:net';
import * as tls from 'node:tls';
import { MfaError } from '../../errors.ts';
import type { RawEntry } from '../attributes.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { BerCursor, berTag, messageSize } from './ber-cursor.ts';
import { EntryReader } from './entry-reader.ts';
import {
  type ConnectionStage,
  connectionError,
  resultCode,
  resultError,
  timeoutError,
} from './ldap-errors.ts';
import {
  type LdapResult,
  operation,
  readReference,
  readResult,
  type SearchRequest,
  writeAbandon,
  writeBind,
  writeExtended,
  writeSearch,
  writeUnbind,
} from './messages.ts';
import { trustedAuthorities } from './trusted-authorities.ts';

const startTlsOid = '1.3.6.1.4.1.1466.20037';
const keepAliveMs = 15_000;
const largestMessageId = 2 ** 31 - 1;

/** What a connection needs of the settings. */
export type ConnectionSettings = Pick<
  DirectorySettings,
  'security' | 'acceptsPlain' | 'ca' | 'connectTimeoutSeconds' | 'timeLimitSeconds'
>;

/** All that a server answered to one search request. */
export interface SearchAnswer {
  entries: RawEntry[];
  /** Addresses of other servers that hold parts of what was searched. */
  references: string[];
  result: LdapResult;
}

interface Waiting {
  entries: RawEntry[];
  references: string[];
  reader: EntryReader | undefined;
  resolve(answer: SearchAnswer): void;
  reject(error: unknown): void;
}

/**
 * One connection to an LDAP server (RFC 4511), encrypted unless the settings accept otherwise. It speaks the
 * protocol itself on top of ldapts's BER writer and controls, because a listing must see what the library keeps
 * to itself: the result of every page, errors of the socket by their code, and entries at full speed.
 */
export class LdapConnection {
  readonly url: string;
  readonly #settings: ConnectionSettings;
  readonly #waiting = new Map<number, Waiting>();
  #socket: Socket;
  #lastId = 0;
  #failure: MfaError | undefined;
  #chunks: Buffer[] = [];
  #chunkBytes = 0;
  /** Bytes that must be there before the next message is complete. */
  #neededBytes = 0;

  private constructor(url: string, settings: ConnectionSettings, socket: Socket) {
    this.url = url;
    this.#settings = settings;
    this.#socket = socket;
    this.#listen(socket);
  }

  /**
   * Connects to `ldaps://` or `ldap://`, the latter with StartTLS unless the settings say otherwise.
   * @throws {MfaError} `directory.*`
   */
  static async open(
    url: string,
    settings: ConnectionSettings,
    signal?: AbortSignal,
  ): Promise<LdapConnection> {
    const { protocol } = parseUrl(url);
    if (protocol === 'ldap:' && settings.security === 'none' && !settings.acceptsPlain) {
      throw new MfaError('directory.plainNotAccepted', `${url} would be used without encryption.`, {
        advice: 'Use StartTLS or an ldaps:// URL, or accept a plain connection explicitly (--accept-plain).',
      });
    }
    const socket =
      protocol === 'ldaps:'
        ? await openTls(url, settings, undefined, signal)
        : await openTcp(url, settings.connectTimeoutSeconds, signal);
    const connection = new LdapConnection(url, settings, socket);
    if (protocol === 'ldap:' && settings.security === 'startTls') {
      try {
        await connection.#startTls(signal);
      } catch (error) {
        connection.close();
        throw error;
      }
    }
    return connection;
  }

  get isUsable(): boolean {
    return this.#failure === undefined;
  }

  /** Logs on with a simple bind. @throws {MfaError} `directory.*` */
  async bind(user: string, password: string, signal?: AbortSignal): Promise<void> {
    const id = this.#nextId();
    const { result } = await this.#request(
      id,
      writeBind(id, user, password),
      undefined,
      this.#settings.connectTimeoutSeconds,
      'answer the bind',
      signal,
    );
    if (result.code !== resultCode.success) {
      throw resultError(result.code, result.diagnostics, { url: this.url, target: user });
    }
  }

  /**
   * Sends one search request and collects its answer, whatever its result code. The caller bounds the number of
   * entries by paging or by its filter.
   * @throws {MfaError} when no complete answer came: `directory.disconnected`, `directory.timeout`
   */
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    const id = this.#nextId();
    const { timeLimitSeconds, connectTimeoutSeconds } = this.#settings;
    const message = writeSearch(id, request, timeLimitSeconds);
    const reader = new EntryReader(request.attributes, request.binaryAttributes);
    const patience = timeLimitSeconds + connectTimeoutSeconds;
    return this.#request(id, message, reader, patience, 'answer a search', signal);
  }

  /** Says goodbye and closes. Requests that still wait are refused. */
  close(): void {
    if (this.#failure === undefined && this.#socket.writable) this.#socket.end(writeUnbind(this.#nextId()));
    this.#fail(connectionError(undefined, this.url, 'open'));
  }

  async #startTls(signal: AbortSignal | undefined): Promise<void> {
    const id = this.#nextId();
    const { result } = await this.#request(
      id,
      writeExtended(id, startTlsOid),
      undefined,
      this.#settings.connectTimeoutSeconds,
      'answer StartTLS',
      signal,
    );
    if (result.code !== resultCode.success) {
      throw new MfaError(
        'directory.tls',
        `${this.url} does not offer StartTLS (LDAP result ${result.code}).`,
        {
          advice: 'Give the server a certificate, or use an ldaps:// URL when it has one there.',
          cause: new Error(result.diagnostics),
        },
      );
    }
    this.#socket.removeAllListeners();
    const plain = this.#socket;
    plain.on('error', () => undefined);
    this.#socket = await openTls(this.url, this.#settings, plain, signal);
    this.#listen(this.#socket);
  }

  #listen(socket: Socket): void {
    socket.setKeepAlive(true, keepAliveMs);
    socket.on('data', (chunk: Buffer) => {
      try {
        this.#receive(chunk);
      } catch (error) {
        this.#fail(connectionError(error, this.url, 'open'));
      }
    });
    socket.on('error', (error) => this.#fail(connectionError(error, this.url, 'open')));
    socket.on('close', () => this.#fail(connectionError(undefined, this.url, 'open')));
    socket.on('end', () => this.#fail(connectionError(undefined, this.url, 'open')));
  }

  #nextId(): number {
    this.#lastId = this.#lastId >= largestMessageId ? 1 : this.#lastId + 1;
    return this.#lastId;
  }

  #request(
    id: number,
    message: Buffer,
    reader: EntryReader | undefined,
    patienceSeconds: number,
    doing: string,
    signal: AbortSignal | undefined,
  ): Promise<SearchAnswer> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (signal?.aborted) return Promise.reject(cancelled(signal));
    return new Promise((resolve, reject) => {
      const finish = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        this.#waiting.delete(id);
      };
      const timer = setTimeout(
        () => this.#fail(timeoutError(this.url, patienceSeconds, doing)),
        patienceSeconds * 1000,
      );
      const abort = () => {
        waiting.reject(cancelled(signal));
        if (this.#socket.writable) this.#socket.write(writeAbandon(this.#nextId(), id));
      };
      const waiting: Waiting = {
        entries: [],
        references: [],
        reader,
        resolve: (answer) => {
          finish();
          resolve(answer);
        },
        reject: (error) => {
          finish();
          reject(error);
        },
      };
      this.#waiting.set(id, waiting);
      signal?.addEventListener('abort', abort, { once: true });
      this.#socket.write(message);
    });
  }

  /** Takes bytes as they come and handles the messages that are complete. */
  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#chunkBytes += chunk.length;
    if (this.#chunkBytes < this.#neededBytes) return;
    const buffer = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#chunkBytes);
    const cursor = new BerCursor(buffer);
    let offset = 0;
    let size = messageSize(buffer, offset);
    while (size > 0 && offset + size <= buffer.length) {
      cursor.offset = offset;
      this.#handle(cursor);
      offset += size;
      size = messageSize(buffer, offset);
    }
    const rest = buffer.subarray(offset);
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#chunkBytes = rest.length;
    this.#neededBytes = Math.max(size, 0);
  }

  #handle(cursor: BerCursor): void {
    const messageEnd = cursor.enter(berTag.sequence);
    const id = cursor.integer();
    const tag = cursor.peek();
    const operationEnd = cursor.enter(tag);
    const waiting = this.#waiting.get(id);
    if (id === 0) {
      // Notice of disconnection (RFC 4511 4.4.1) is the only message that nobody asked for.
      const { code, diagnostics } = readResult(cursor, operationEnd, messageEnd);
      this.#fail(resultError(code, diagnostics, { url: this.url }));
    } else if (waiting === undefined) {
      // The answer to a request that was given up.
    } else if (tag === operation.searchEntry && waiting.reader !== undefined) {
      waiting.entries.push(waiting.reader.read(cursor));
    } else if (tag === operation.searchReference) {
      waiting.references.push(...readReference(cursor, operationEnd));
    } else if (
      tag === operation.searchDone ||
      tag === operation.bindResponse ||
      tag === operation.extendedResponse
    ) {
      const { entries, references } = waiting;
      waiting.resolve({ entries, references, result: readResult(cursor, operationEnd, messageEnd) });
    }
  }

  #fail(error: MfaError): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    for (const waiting of [...this.#waiting.values()]) waiting.reject(error);
    this.#chunks = [];
    this.#socket.destroySoon();
  }
}

/** @throws {MfaError} `directory.invalid` */
export function parseUrl(text: string): { protocol: 'ldap:' | 'ldaps:'; host: string; port: number } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlainAddress =
    url !== undefined && url.username === '' && url.password === '' && ['', '/'].includes(url.pathname);
  if (
    url === undefined ||
    (url.protocol !== 'ldap:' && url.protocol !== 'ldaps:') ||
    url.hostname === '' ||
    !isPlainAddress ||
    url.search !== ''
  ) {
    throw new MfaError('directory.invalid', `"${text}" is not the address of a directory server.`, {
      advice: 'Write it like ldaps://dc1.corp.example or ldap://dc1.corp.example:389.',
    });
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const standardPort = url.protocol === 'ldaps:' ? 636 : 389;
  return { protocol: url.protocol, host, port: url.port === '' ? standardPort : Number(url.port) };
}

/** Opens a TCP connection. @throws {MfaError} `directory.*` */
export function openTcp(url: string, timeoutSeconds: number, signal?: AbortSignal): Promise<Socket> {
  const { host, port } = parseUrl(url);
  return settle(
    () => connectTcp({ host, port, noDelay: true }),
    'connect',
    url,
    'connect',
    timeoutSeconds,
    signal,
  );
}

/**
 * Opens TLS, over a socket that is connected already when one is given. The server's name is always checked.
 * @throws {MfaError} `directory.*`
 */
export async function openTls(
  url: string,
  settings: Pick<ConnectionSettings, 'ca' | 'connectTimeoutSeconds'>,
  socket?: Socket,
  signal?: AbortSignal,
): Promise<tls.TLSSocket> {
  const { connectTimeoutSeconds } = settings;
  const plain = socket ?? (await openTcp(url, connectTimeoutSeconds, signal));
  const options = tlsOptions(url, settings.ca);
  return settle(
    () => tls.connect({ ...options, socket: plain }),
    'secureConnect',
    url,
    'tls',
    connectTimeoutSeconds,
    signal,
  );
}

/** What TLS to a server is made with; the name is checked even for an IP address, which TLS itself never sends. */
export function tlsOptions(url: string, ca: string | null): tls.ConnectionOptions {
  const { host } = parseUrl(url);
  return {
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ca: trustedAuthorities(ca),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
  };
}

function settle<Kind extends Socket>(
  open: () => Kind,
  event: 'connect' | 'secureConnect',
  url: string,
  stage: ConnectionStage,
  timeoutSeconds: number,
  signal: AbortSignal | undefined,
): Promise<Kind> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(cancelled(signal));
      return;
    }
    let socket: Kind;
    try {
      socket = open();
    } catch (error) {
      reject(connectionError(error, url, stage));
      return;
    }
    const finish = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      socket.removeListener(event, succeed);
      socket.removeListener('error', fail);
      socket.removeListener('close', closed);
    };
    const giveUp = (error: MfaError) => {
      finish();
      socket.on('error', () => undefined);
      socket.destroy();
      reject(error);
    };
    const succeed = () => {
      finish();
      resolve(socket);
    };
    const fail = (error: Error) => giveUp(connectionError(error, url, stage));
    const closed = () =>
      giveUp(connectionError(Object.assign(new Error('closed'), { code: 'ECONNRESET' }), url, stage));
    const abort = () => giveUp(cancelled(signal));
    const doing = stage === 'tls' ? 'agree on encryption' : 'accept a connection';
    const timer = setTimeout(() => giveUp(timeoutError(url, timeoutSeconds, doing)), timeoutSeconds * 1000);
    socket.once(event, succeed);
    socket.once('error', fail);
    socket.once('close', closed);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** What a caller that aborts a listing sees. */
export function cancelled(signal: AbortSignal | undefined): MfaError {
  return new MfaError('run.cancelled', 'Reading from the directory was cancelled.', {
    cause: signal?.reason,
  });
}
