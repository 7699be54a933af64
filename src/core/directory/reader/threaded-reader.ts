import { MfaError } from '../../errors.ts';
import { startThread } from '../../thread.ts';
import type { DirectoryPage, ListingOptions, Selection } from '../directory.ts';
import type { DirectoryServers } from '../directory-servers.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import type { ReaderMessage, ReaderOrder, ReaderTask } from './reader-thread.ts';
import { UnopenedPage } from './unopened-page.ts';
import type { UserReader } from './user-reader.ts';

/** As many as the largest batch of an import has, so that one is read while another is stored. */
const pagesAhead = 8;
const youngMegabytes = 16;

/**
 * Connects to an LDAP directory in a thread of its own, so that decoding one page and storing the one before it
 * take place at the same time.
 * @param servers asked for the order now, and told what became of each attempt
 * @throws {MfaError} `directory.*`; `run.cancelled` when the signal came before it was connected
 */
export async function openThreadedReader(
  settings: DirectorySettings,
  password: string | null,
  servers: DirectoryServers,
  signal?: AbortSignal,
): Promise<UserReader> {
  const known = { ...settings, urls: await servers.inOrder(settings), discovery: null };
  const task: ReaderTask = { settings: known, password, pagesAhead };
  const thread = startThread<ReaderMessage, ReaderOrder>('reader-thread', task, youngMegabytes);
  const messages = thread.messages();
  let hasEnded = false;

  async function* users(selection: Selection, { signal }: ListingOptions = {}) {
    const stop = () => void thread.stop();
    signal?.addEventListener('abort', stop);
    try {
      signal?.throwIfAborted();
      thread.say(selection);
      for (let page = await nextPage(); page !== null; page = await nextPage()) {
        yield page;
        signal?.throwIfAborted();
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Null after the last one. */
  async function nextPage(): Promise<DirectoryPage | null> {
    const message = await nextMessage();
    if (message?.kind !== 'page') {
      hasEnded = true;
      return null;
    }
    thread.say('next');
    return new UnopenedPage(message.page, message.size);
  }

  async function nextMessage() {
    for (;;) {
      const { value: message } = await messages.next();
      if (message?.kind !== 'server') return message;
      servers.learn(message.report);
    }
  }

  const giveUp = () => void thread.stop();
  signal?.addEventListener('abort', giveUp);
  if (signal?.aborted) giveUp();
  try {
    await nextMessage();
  } catch (error) {
    await thread.stop();
    if (!signal?.aborted) throw error;
    throw new MfaError('run.cancelled', 'Connecting to the directory was cancelled.', { cause: error });
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
  return { users, close: () => (hasEnded ? thread.ended : thread.stop()) };
}
