import { connect } from 'node:net';
import {
  BindRequest,
  FilterParser,
  MessageParser,
  PagedResultsControl,
  SearchEntry,
  SearchRequest,
  SearchResponse,
} from 'ldapts';

/** One page as it came over the wire. */
export interface RawPage {
  readonly dns: string[];
  readonly status: number;
  readonly message: string;
  readonly cookie: Buffer;
}

/**
 * Talks LDAP message by message, for tests of the servers themselves: a client for everyday use hides cookies and
 * turns bad pages into errors of its own.
 */
export interface RawLdap {
  /** Asks for one page below `baseDn`; rejects with "closed" when the connection ends before the page does. */
  page(baseDn: string, size: number, cookie?: Buffer): Promise<RawPage>;
  /** How many entries have arrived so far. */
  entryCount(): number;
  close(): void;
}

/** Connects and binds as anybody. */
export async function openRawLdap(port: number): Promise<RawLdap> {
  const socket = connect(port, '127.0.0.1');
  const parser = new MessageParser();
  let messageId = 0;
  let entries = 0;
  let dns: string[] = [];
  let finish: ((page: RawPage | undefined) => void) | undefined;
  socket.on('error', () => {});
  socket.on('close', () => finish?.(undefined));
  socket.on('data', (data) => parser.read(data, new Map()));
  parser.on('message', (message) => {
    if (message instanceof SearchEntry) {
      entries += 1;
      dns.push(message.name);
      return;
    }
    const controls = message instanceof SearchResponse ? (message.controls ?? []) : [];
    const paging = controls.find((control) => control instanceof PagedResultsControl);
    finish?.({
      dns,
      status: message.status,
      message: message.errorMessage,
      cookie: paging?.value?.cookie ?? Buffer.alloc(0),
    });
  });

  async function ask(request: Buffer): Promise<RawPage> {
    dns = [];
    const answer = new Promise<RawPage | undefined>((resolve) => {
      finish = resolve;
    });
    socket.write(request);
    const page = await answer;
    if (!page) throw new Error('closed');
    return page;
  }

  messageId += 1;
  await ask(new BindRequest({ messageId, dn: 'reader', password: 'secret' }).write());
  return {
    page(baseDn, size, cookie) {
      messageId += 1;
      const controls = [new PagedResultsControl({ value: { size, ...(cookie && { cookie }) } })];
      const filter = FilterParser.parseString('(objectClass=*)');
      return ask(new SearchRequest({ messageId, baseDN: baseDn, filter, controls }).write());
    },
    entryCount: () => entries,
    close: () => socket.destroy(),
  };
}
