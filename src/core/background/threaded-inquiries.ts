import type { SelectionComparison } from '../sync/compare-selection.ts';
import type { ItemSelection, SyncItem } from '../sync/sync-item.ts';
import type { FoundUsers, TriedSelection } from '../sync/try-selection.ts';
import { startThread } from '../thread.ts';
import type { Inquiry, InquiryMessage, InquiryTask } from './inquiry-thread.ts';
import type { ThreadCore } from './threaded-runs.ts';

const youngMegabytes = 16;

/**
 * Compares like `compareSelection`, in a thread: a console goes on drawing while everybody of an item is read.
 * @throws {MfaError} as `compareSelection` does; the signal's reason as soon as it comes
 */
export async function compareInThread(
  core: ThreadCore,
  item: Pick<SyncItem, 'id' | 'name'>,
  selection: ItemSelection,
  signal?: AbortSignal,
): Promise<SelectionComparison> {
  const { id, name } = item;
  const inquiry: Inquiry = { kind: 'compare', item: { id, name }, selection };
  return (await ask(core, inquiry, signal)) as SelectionComparison;
}

/**
 * Tries like `trySelection`, in a thread as {@link compareInThread}.
 * @throws {MfaError} as `trySelection` does; the signal's reason as soon as it comes
 */
export async function tryInThread(
  core: ThreadCore,
  tried: TriedSelection,
  signal?: AbortSignal,
): Promise<FoundUsers> {
  return (await ask(core, { kind: 'try', tried }, signal)) as FoundUsers;
}

async function ask(
  { dataDirectory, actor, directoryServers }: ThreadCore,
  inquiry: Inquiry,
  signal: AbortSignal | undefined,
): Promise<SelectionComparison | FoundUsers> {
  signal?.throwIfAborted();
  const task: InquiryTask = { dataDirectory, actor, resting: directoryServers.resting(), inquiry };
  const thread = startThread<InquiryMessage, never>('inquiry-thread', task, youngMegabytes);
  const given = Promise.withResolvers<never>();
  // A statement of the database comes to its end first, and nobody waits for that.
  const giveUp = () => {
    given.reject(signal?.reason);
    void thread.stop();
  };
  signal?.addEventListener('abort', giveUp);
  try {
    return await Promise.race([answer(), given.promise]);
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }

  async function answer() {
    for await (const message of thread.messages()) {
      if (message.kind === 'answer') return message.answer;
      directoryServers.learn(message.report);
    }
    throw new Error('The inquiry ended without an answer.');
  }
}
