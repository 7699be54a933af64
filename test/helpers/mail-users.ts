import { type EmailSettings, emailSettingsSchema } from '../../src/core/email/email-settings.ts';
import type { DeliveryEvent } from '../../src/core/email/outbox/delivery/delivery-event.ts';
import type { OutboxMail } from '../../src/core/email/outbox/outbox-mail.ts';
import type { UserMailKind } from '../../src/core/email/templates/template-key.ts';
import type { User } from '../../src/core/users/user.ts';
import type { TemporaryCore } from './temporary-core.ts';

/** Settings with which mails can be queued. */
export const readySettings: EmailSettings = emailSettingsSchema.parse({
  host: 'mail.corp.example',
  from: 'mfa@corp.example',
});

/** A user who can get mail. */
export async function addMailUser(core: TemporaryCore, username: string, change: object = {}): Promise<User> {
  const address = `${username}@corp.example`;
  await core.users.add({ username, email: address, method: 'phoneCall', mode: 'pin', ...change });
  return core.users.find(username);
}

/** Queues a mail to a user. */
export async function queueMail(
  core: TemporaryCore,
  user: User,
  more: { pin?: string; kind?: UserMailKind } = {},
): Promise<OutboxMail> {
  const queue = await core.outbox.openQueue();
  return queue.add({ user, kind: 'newUser', ...more });
}

/** Lets mails be delivered until nothing happens for so many seconds of the test's clock. */
export async function deliver(core: TemporaryCore, idleSeconds = 5): Promise<DeliveryEvent[]> {
  const events: DeliveryEvent[] = [];
  await core.deliverMails({
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
    endsWhenIdleMs: idleSeconds * 1000,
  });
  return events;
}
