import type { Socket } from 'node:net';
import {
  encodeEntry,
  encodeReference,
  encodeResult,
  type LdapResult,
  responseTags,
} from './fake-ldap-encoding.ts';
import { type FakeEntry, findEntries, hasEntry, selectAttributes } from './fake-ldap-entries.ts';
import {
  type BindRequest,
  type LdapRequest,
  readRequest,
  type SearchRequest,
  splitMessages,
} from './fake-ldap-request.ts';
import type { FakeLdapState } from './fake-ldap-state.ts';

const success: LdapResult = { code: 0 };
const notBound: LdapResult = {
  code: 1,
  message:
    '000004DC: LdapErr: DSID-0C090A5C, comment: In order to perform this operation a successful bind must be completed on the connection., data 0, v4563',
};
const noSuchObject: LdapResult = {
  code: 32,
  message: '0000208D: NameErr: DSID-0310028D, problem 2001 (NO_OBJECT)',
};
const controlRefused: LdapResult = {
  code: 12,
  message: '00000057: LdapErr: comment: Error processing control',
};

/** A listing that a cookie continues. */
interface Listing {
  readonly found: readonly FakeEntry[];
  /** The first entry of the next page. */
  readonly position: number;
  readonly pageNumber: number;
}

/** One client of the fake server. Like AD it forgets the cookies of a connection with the connection. */
export class FakeLdapConnection {
  readonly #socket: Socket;
  readonly #state: FakeLdapState;
  readonly #record: (request: LdapRequest) => void;
  readonly #listings = new Map<string, Listing>();
  #received: Buffer = Buffer.alloc(0);
  #cookieCount = 0;
  #isBound = false;
  #isSilent = false;

  constructor(socket: Socket, state: FakeLdapState, record: (request: LdapRequest) => void) {
    this.#socket = socket;
    this.#state = state;
    this.#record = record;
    socket.on('error', () => {});
    socket.on('data', (data) => this.#receive(data));
  }

  #receive(data: Buffer): void {
    const { messages, rest } = splitMessages(Buffer.concat([this.#received, data]));
    this.#received = rest;
    // All of an answer in few packets: without this each entry waits for the client's delayed acknowledgement.
    this.#socket.cork();
    for (const message of messages) {
      const request = readRequest(message);
      this.#record(request);
      if (!this.#isSilent) this.#answer(request);
    }
    this.#socket.uncork();
  }

  #answer(request: LdapRequest): void {
    switch (request.operation) {
      case 'bind':
        this.#answerBind(request);
        break;
      case 'search':
        this.#answerSearch(request);
        break;
      case 'unbind':
        this.#socket.end();
        break;
      case 'extended':
        // StartTLS above all, which this server does not offer: protocolError.
        this.#finish(request.messageId, responseTags.extended, { code: 2, message: 'Unsupported operation' });
        break;
    }
  }

  #answerBind(request: BindRequest): void {
    const fault = this.#state.faults.bind;
    if (fault === 'silence') {
      this.#isSilent = true;
      return;
    }
    const unknownMethod: LdapResult = { code: 7, message: 'Only simple binds' };
    const result = fault ?? (request.isSimple ? success : unknownMethod);
    this.#isBound = result.code === 0 && request.password !== '';
    this.#finish(request.messageId, responseTags.bind, result);
  }

  #answerSearch(request: SearchRequest): void {
    const state = this.#state;
    const finish = (result: LdapResult) => this.#finish(request.messageId, responseTags.searchDone, result);
    if (request.baseDn === '' && request.scope === 'base') {
      this.#sendEntry(request, state.rootDse);
      finish(success);
    } else if (!this.#isBound) {
      finish(notBound);
    } else if (state.faults.searchResult) {
      finish(state.faults.searchResult);
    } else if (request.unknownCriticalControls.length > 0) {
      finish(controlRefused);
    } else if (!hasEntry([state.rootDse, ...state.entries], request.baseDn)) {
      finish(noSuchObject);
    } else {
      const listing = this.#listing(request);
      if (listing) this.#sendPage(request, listing);
      else finish(controlRefused);
    }
  }

  /** What a search continues or begins; undefined when its cookie is unknown. */
  #listing(request: SearchRequest): Listing | undefined {
    const cookie = request.page?.cookie.toString() ?? '';
    if (cookie === '' || this.#state.faults.repeatsCookie) {
      return { found: findEntries(this.#state.entries, request), position: 0, pageNumber: 1 };
    }
    const listing = this.#listings.get(cookie);
    this.#listings.delete(cookie);
    return listing;
  }

  #sendPage(request: SearchRequest, { found, position, pageNumber }: Listing): void {
    const { faults, maxPageSize } = this.#state;
    const isEmpty = request.page !== undefined && (faults.emptyPages?.includes(pageNumber) ?? false);
    const pageSize = isEmpty ? 0 : Math.min(request.page?.size || Infinity, maxPageSize);
    const pageEnd = Math.min(position + pageSize, found.length);
    const limit = Math.min(faults.sizeLimit ?? Infinity, request.sizeLimit || Infinity);
    const silentAt = Math.min(faults.dropAfter ?? Infinity, faults.stallAfter ?? Infinity);
    const end = Math.min(pageEnd, limit, silentAt);
    for (const entry of found.slice(position, end)) this.#sendEntry(request, entry);

    if (end === silentAt) {
      this.#isSilent = true;
      if (end === faults.dropAfter) this.#socket.end();
      return;
    }
    if (faults.references) this.#socket.write(encodeReference(request.messageId, faults.references));
    const hasMore = isEmpty || pageEnd < found.length;
    const isLimited = end < pageEnd || (hasMore && !request.page);
    const result = isLimited ? { code: 4, message: 'Size limit exceeded' } : success;
    const next = { found, position: end, pageNumber: pageNumber + 1 };
    const cookie = request.page && this.#makeCookie(hasMore && !isLimited ? next : undefined);
    this.#finish(request.messageId, responseTags.searchDone, result, cookie);
  }

  #makeCookie(next: Listing | undefined): Buffer {
    if (this.#state.faults.repeatsCookie) return Buffer.from('again');
    if (!next) return Buffer.alloc(0);
    this.#cookieCount += 1;
    const cookie = `page ${this.#cookieCount}`;
    this.#listings.set(cookie, next);
    return Buffer.from(cookie);
  }

  #sendEntry(request: SearchRequest, entry: FakeEntry): void {
    const attributes = selectAttributes(entry, request.attributes, this.#state.maxValRange);
    this.#socket.write(encodeEntry(request.messageId, entry.dn, attributes));
  }

  #finish(messageId: number, tag: number, result: LdapResult, cookie?: Buffer): void {
    this.#socket.write(encodeResult(messageId, tag, result, cookie));
  }
}
