import type { Socket } from 'node:net';
import { MfaError } from '../../errors.ts';
import type { RawEntry } from '../attributes.ts';
import { BerCursor, berTag, messageSize } from './ber-cursor.ts';
import { connectionError, timeoutError } from './connection-errors.ts';
import { EntryReader } from './entry-reader.ts';
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
import { resultCode, resultError } from './result-errors.ts';
import { parseUrl } from './server-url.ts';
import { type ConnectionSettings, cancelled, certificateExpiryOf, openTcp, openTls } from './sockets.ts';

const startTlsOid = '1.3.6.1.4.1.1466.20037';
const keepAliveMs = 15_000;
const largestMessageId = 2 ** 31 - 1;

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
  readonly #socket: Socket;
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
    const plain = await openTcp(url, settings.connectTimeoutSeconds, signal);
    if (protocol === 'ldap:' && settings.security === 'none') return new LdapConnection(url, settings, plain);
    if (protocol === 'ldap:') await askForTls(url, settings, plain, signal);
    const socket = await openTls(url, settings, plain, {}, signal);
    return new LdapConnection(url, settings, socket);
  }

  /** Speaks LDAP over a socket for the time of `work`, and leaves the socket open when it succeeds. */
  static async borrow(
    url: string,
    settings: ConnectionSettings,
    socket: Socket,
    work: (connection: LdapConnection) => Promise<void>,
  ): Promise<void> {
    const connection = new LdapConnection(url, settings, socket);
    try {
      await work(connection);
      socket.removeAllListeners();
    } catch (error) {
      connection.close();
      throw error;
    }
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

  /** When the certificate expires that the server has shown. ISO 8601 UTC; null without encryption. */
  get certificateExpiresAt(): string | null {
    return certificateExpiryOf(this.#socket);
  }

  /** Asks for TLS on this connection (RFC 4511 4.14); afterwards the socket waits for a TLS handshake. */
  async requestStartTls(signal?: AbortSignal): Promise<void> {
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
  }

  /** Says goodbye and closes. Requests that still wait are refused. */
  close(): void {
    if (this.#failure === undefined && this.#socket.writable) this.#socket.end(writeUnbind(this.#nextId()));
    this.#fail(connectionError(undefined, this.url, 'open'));
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

/** Makes a plain connection ready for TLS. @throws {MfaError} `directory.tls` when the server does not want to */
export async function askForTls(
  url: string,
  settings: ConnectionSettings,
  socket: Socket,
  signal?: AbortSignal,
): Promise<void> {
  await LdapConnection.borrow(url, settings, socket, (connection) => connection.requestStartTls(signal));
}
