import { Control } from 'ldapts';
import { countText } from '../../count-text.ts';
import { type ErrorCode, MfaError } from '../../errors.ts';
import { plainText } from '../../plain-text.ts';
import type { RawEntry } from '../attributes.ts';
import type { LdapConnection, SearchAnswer } from './connection.ts';
import type { SearchRequest } from './messages.ts';
import { PagingControl, pagingOid, readCookie } from './paging-control.ts';
import { resultCode, resultError } from './result-errors.ts';

/** "Do not refer me to other domains" (MS-ADTS 3.1.1.3.4.1.4); servers that do not know it ignore it. */
const domainScope = new Control('1.2.840.113556.1.4.1339');
const mostEmptyPages = 1000;
const mostUnchangedEmptyPages = 3;

export interface PagedSearchOptions {
  pageSize: number;
  signal?: AbortSignal | undefined;
}

/**
 * All entries of a search, page by page; the next page is asked for before one is handed out. It ends only when
 * the server said that this was everything.
 * @throws {MfaError} `directory.listingIncomplete` when it was cut short, for whatever reason, after the first
 *   entry or by a limit; else the failure itself
 */
export async function* pagedSearch(
  connection: LdapConnection,
  request: SearchRequest,
  options: PagedSearchOptions,
): AsyncGenerator<RawEntry[]> {
  let read = 0;
  const abort = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, abort.signal]) : abort.signal;
  const ask = (cookie: Buffer) => {
    const controls = [...(request.controls ?? []), new PagingControl(options.pageSize, cookie), domainScope];
    const answer = connection.search({ ...request, controls }, signal);
    // It may fail while nobody waits for it yet.
    answer.catch(() => undefined);
    return answer;
  };
  const guard = new ProgressGuard(connection.url, request);
  let next: Promise<SearchAnswer> | undefined = ask(Buffer.alloc(0));
  try {
    while (next !== undefined) {
      const answer: SearchAnswer = await next.catch((error) => {
        throw cutShort(error, request, read);
      });
      next = undefined;
      const { entries, references, result } = answer;
      if (result.code !== resultCode.success) throw refused(connection.url, request, answer, read);
      const elsewhere = references.find((url) => !isOtherPartition(url));
      if (elsewhere !== undefined) {
        throw incomplete(request, read, `a part of it lies on another server (${plainText(elsewhere)})`, {
          advice: 'Connect to a server that holds all of it, or choose containers without references.',
        });
      }
      const control = result.controls.get(pagingOid);
      const cookie = control === undefined ? Buffer.alloc(0) : readCookie(control);
      if (cookie.length > 0) {
        guard.check(cookie, entries[0]?.dn, read);
        next = ask(cookie);
      }
      read += entries.length;
      if (entries.length > 0) yield entries;
    }
  } finally {
    abort.abort();
  }
}

/**
 * Notices a server that would page forever. One cookie for a whole listing and empty pages are both allowed; the
 * same page again, or empty pages without any progress, are not.
 */
class ProgressGuard {
  readonly #url: string;
  readonly #request: SearchRequest;
  readonly #pages = new Set<string>();
  #cookie = '';
  #emptyPages = 0;
  #unchangedEmptyPages = 0;

  constructor(url: string, request: SearchRequest) {
    this.#url = url;
    this.#request = request;
  }

  /** @param firstDn of the page that came with the cookie; undefined when it was empty */
  check(nextCookie: Buffer, firstDn: string | undefined, read: number): void {
    const cookie = nextCookie.toString('base64');
    const page = `${cookie} ${firstDn}`;
    this.#emptyPages = firstDn === undefined ? this.#emptyPages + 1 : 0;
    const isUnchanged = firstDn === undefined && cookie === this.#cookie;
    this.#unchangedEmptyPages = isUnchanged ? this.#unchangedEmptyPages + 1 : 0;
    this.#cookie = cookie;
    if (
      this.#emptyPages > mostEmptyPages ||
      this.#unchangedEmptyPages > mostUnchangedEmptyPages ||
      (firstDn !== undefined && this.#pages.has(page))
    ) {
      throw incomplete(this.#request, read, `${this.#url} sends the same page again and again`, {
        advice: 'Try another page size; if it stays so, the server has a fault that its maker should know.',
      });
    }
    if (firstDn !== undefined) this.#pages.add(page);
  }
}

/**
 * Whether a reference leads to another domain, or to a partition of Active Directory for configuration or DNS. Those
 * lie below a domain by name and are no part of it; any other reference stands for entries that are missing.
 */
function isOtherPartition(url: string): boolean {
  const name = decodeURIComponent(/^ldaps?:\/\/[^/]*\/([^?]*)/i.exec(url)?.[1] ?? '');
  return /^(dc=|cn=configuration,|cn=schema,)/i.test(name);
}

/** A failure of the connection in the middle of a listing. */
function cutShort(error: unknown, request: SearchRequest, read: number): unknown {
  if (!(error instanceof MfaError) || error.code === 'run.cancelled') return error;
  if (read === 0) return error;
  return incomplete(request, read, lowerFirst(error.message.replace(/\.$/, '')), {
    advice: error.advice,
    cause: error,
  });
}

const limits: Partial<Record<number, readonly [reason: string, advice: string]>> = {
  [resultCode.sizeLimitExceeded]: [
    'the server stopped at its size limit',
    'Raise the size limit of the server for the bind account, or use a smaller page size.',
  ],
  [resultCode.timeLimitExceeded]: [
    'the server stopped at its time limit',
    'Raise the time limit here or on the server, or use a smaller page size.',
  ],
  [resultCode.adminLimitExceeded]: [
    'the server stopped at an administrative limit',
    'Raise the limit of the server for the bind account, or narrow the filter.',
  ],
};

function refused(
  url: string,
  request: SearchRequest,
  { entries, result }: SearchAnswer,
  read: number,
): MfaError {
  const limit = limits[result.code];
  const soFar = read + entries.length;
  if (limit !== undefined) {
    return incomplete(request, soFar, limit[0], { advice: limit[1] });
  }
  const failure = resultError(result.code, result.diagnostics, { url, target: request.baseDn });
  if (soFar === 0) return failure;
  return incomplete(request, soFar, lowerFirst(failure.message.replace(/\.$/, '')), {
    advice: failure.advice,
    cause: failure,
  });
}

/** The error of a listing that did not come to its end. */
export function incomplete(
  request: Pick<SearchRequest, 'baseDn'>,
  read: number,
  reason: string,
  options: { advice?: string | undefined; cause?: unknown } = {},
): MfaError {
  const code: ErrorCode = 'directory.listingIncomplete';
  const where = plainText(request.baseDn);
  return new MfaError(
    code,
    `The listing of "${where}" was cut short after ${countText(read)} entries: ${reason}.`,
    options,
  );
}

function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z ]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}
