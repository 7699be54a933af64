import { once } from 'node:events';
import { serialize } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { packError, type ThreadFailure } from '../../thread.ts';
import type { DirectoryPage, Selection } from '../directory.ts';
import { type ServerReport, systemServers } from '../directory-servers.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { openLdapDirectory } from '../ldap/ldap-directory.ts';
import { packPage } from './packed-page.ts';

/** What the thread is started with. */
export interface ReaderTask {
  settings: DirectorySettings;
  password: string | null;
  /** Pages that it may be ahead of who asks for them. */
  pagesAhead: number;
}

/**
 * What it says: that it is connected, and then the pages of the selection that it is told; in between, what became of
 * attempts to connect.
 */
export type ReaderMessage =
  | { readonly kind: 'server'; readonly report: ServerReport }
  | { readonly kind: 'connected' }
  /** The page is serialized: it takes no room among the objects of those who have not come to it yet. */
  | { readonly kind: 'page'; readonly page: Uint8Array; readonly size: number }
  | { readonly kind: 'end' }
  | ThreadFailure;

/** What it is told: whom to list, and then once for every page that was taken. */
export type ReaderOrder = Selection | 'next';

const port = parentPort;
if (port === null) throw new Error('The reader runs as a thread.');
const { settings, password, pagesAhead } = workerData as ReaderTask;

try {
  const servers = systemServers({ onReport: (report) => say({ kind: 'server', report }) });
  const directory = await openLdapDirectory(settings, password, servers);
  say({ kind: 'connected' });
  const [selection] = (await once(port, 'message')) as [Selection];
  let ahead = 0;
  port.on('message', () => {
    ahead -= 1;
  });
  for await (const page of directory.users(selection)) {
    sayPage(page);
    ahead += 1;
    while (ahead >= pagesAhead) await once(port, 'message');
  }
  say({ kind: 'end' });
  await directory.close();
} catch (error) {
  say({ kind: 'failure', error: packError(error) });
} finally {
  port.close();
}

function say(message: ReaderMessage): void {
  port?.postMessage(message);
}

function sayPage(page: DirectoryPage): void {
  const packed = serialize(packPage(page));
  const size = page.users.length + page.unusable.length;
  const message: ReaderMessage = { kind: 'page', page: packed, size };
  port?.postMessage(message, [packed.buffer as ArrayBuffer]);
}
