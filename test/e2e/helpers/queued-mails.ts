import { type Core, openCore } from '../../../src/core/core.ts';
import { locateDataDirectory } from '../../../src/core/data-directory.ts';
import type { EmailSettings } from '../../../src/core/email/email-settings.ts';
import type { MailState } from '../../../src/core/email/outbox/outbox-mail.ts';
import { settingsFor } from '../../helpers/email-settings.ts';
import type { Installation } from './installation.ts';

/**
 * Queues mails to a user of an installation, which sends to a port of this machine.
 * @returns their Message-IDs
 */
export async function queueMails(
  mfa: Installation,
  port: number,
  count: number,
  settings: Partial<EmailSettings> = {},
): Promise<string[]> {
  return await withCore(mfa, async (core) => {
    core.emailDelivery.save({ after: settingsFor(port, { mailsPerMinute: 60_000, ...settings }) });
    await core.users.add({
      username: 'amara',
      email: 'amara@corp.example',
      method: 'phoneCall',
      mode: 'pin',
    });
    const user = core.users.find('amara');
    const queue = await core.outbox.openQueue();
    return core.store.transaction(() =>
      Array.from({ length: count }, () => queue.add({ user, kind: 'newUser', pin: '83017426' }).messageId),
    );
  });
}

/** Has a mail due to each user of an installation that cannot send any. */
export async function missMails(mfa: Installation): Promise<void> {
  await withCore(mfa, async ({ store, users, outbox }) => {
    const queue = await outbox.openQueue();
    store.transaction(() => {
      for (const user of users.list().users) queue.add({ user, kind: 'newUser' });
    });
  });
}

/** Waits until no mail waits and none is being sent. */
export async function waitForDelivery(mfa: Installation): Promise<void> {
  await withCore(mfa, async ({ outbox }) => {
    for (;;) {
      const { queued, sending } = outbox.countByState(['queued', 'sending']);
      if (queued + sending === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
}

/** The state of every mail by its Message-ID, in the order of queueing. */
export async function mailStatesOf(mfa: Installation): Promise<Map<string, MailState>> {
  return await withCore(
    mfa,
    async ({ outbox }) =>
      new Map(
        outbox
          .list()
          .toReversed()
          .map(({ messageId, state }) => [messageId, state]),
      ),
  );
}

export async function withCore<Result>(
  mfa: Installation,
  work: (core: Core) => Promise<Result>,
): Promise<Result> {
  const core = openCore({ dataDirectory: locateDataDirectory(mfa.folder, {}) });
  try {
    return await work(core);
  } finally {
    core.close();
  }
}

/** Resolves when a started service has said something. */
export function waitForWords(stream: NodeJS.ReadableStream, words: string): Promise<void> {
  return new Promise((resolve) => {
    let heard = '';
    stream.on('data', (data) => {
      heard += String(data);
      if (heard.includes(words)) resolve();
    });
  });
}
