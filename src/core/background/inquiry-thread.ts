import { parentPort, workerData } from 'node:worker_threads';
import { openCore } from '../core.ts';
import type { DataDirectory } from '../data-directory.ts';
import { type ServerReport, type ServerRest, systemServers } from '../directory/directory-servers.ts';
import { compareSelection, type SelectionComparison } from '../sync/compare-selection.ts';
import type { ItemSelection, SyncItem } from '../sync/sync-item.ts';
import { type FoundUsers, type TriedSelection, trySelection } from '../sync/try-selection.ts';
import { packError, type ThreadFailure } from '../thread.ts';

/** What a thread can find out, with what its function of the core takes. */
export type Inquiry =
  | {
      readonly kind: 'compare';
      readonly item: Pick<SyncItem, 'id' | 'name'>;
      readonly selection: ItemSelection;
    }
  | { readonly kind: 'try'; readonly tried: TriedSelection };

/** What the thread is started with. */
export interface InquiryTask {
  dataDirectory: DataDirectory;
  actor: string;
  /** Servers of the directory that could not be used lately. */
  resting: readonly ServerRest[];
  inquiry: Inquiry;
}

/** What it says. It writes nothing, so that it may be ended wherever it is. */
export type InquiryMessage =
  | { readonly kind: 'server'; readonly report: ServerReport }
  | { readonly kind: 'answer'; readonly answer: SelectionComparison | FoundUsers }
  | ThreadFailure;

const port = parentPort;
if (port === null) throw new Error('Inquiries run as a thread.');
const { inquiry, resting, ...task } = workerData as InquiryTask;

try {
  const directoryServers = systemServers({ resting, onReport: (report) => say({ kind: 'server', report }) });
  const core = openCore({ ...task, directoryServers });
  try {
    const answer =
      inquiry.kind === 'compare'
        ? await compareSelection(inquiry.item, inquiry.selection, core)
        : await trySelection(inquiry.tried, core);
    say({ kind: 'answer', answer });
  } finally {
    core.close();
  }
} catch (error) {
  say({ kind: 'failure', error: packError(error) });
} finally {
  port.close();
}

function say(message: InquiryMessage): void {
  port?.postMessage(message);
}
