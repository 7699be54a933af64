import { addMailUser, queueMail, readySettings } from '../../helpers/mail-users.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { type ConsoleOptions, openConsole } from './console.tsx';

/** An outbox with a mail that waits, one that was refused, one in doubt, one not sent and one sent. */
export async function filledOutbox(): Promise<TemporaryCore> {
  const core = temporaryCore();
  core.emailDelivery.save({ after: readySettings });
  for (const name of ['ada', 'bob', 'carla', 'dora']) await addMailUser(core, name);
  for (const name of ['ada', 'bob', 'carla', 'dora']) await queueMail(core, core.users.find(name));
  await core.users.add({ username: 'emil', method: 'phoneCall', mode: 'standard' });
  await queueMail(core, core.users.find('emil'), { kind: 'updatedUser' });
  settle(core, 'bob', 'failed', '550 5.1.1 No such person\nAsk the postmaster');
  settle(core, 'carla', 'inDoubt', 'No answer came after the mail had left.');
  settle(core, 'dora', 'sent', '250 2.0.0 Accepted');
  return core;
}

/** What a deliverer writes. */
export function settle({ store }: TemporaryCore, username: string, state: string, why: string): void {
  store
    .prepare('UPDATE outbox SET state = ?, why = ?, attempts = 1, next_attempt_at = NULL WHERE username = ?')
    .run(state, why, username);
}

/** The console at a place of the outbox. */
export async function openOutbox(core: TemporaryCore, place = 'outbox', options: ConsoleOptions = {}) {
  const console = await openConsole(core, options);
  console.shell.context.goTo('email', place);
  await console.shows('[Outbox]');
  return console;
}

/** What became of the mails, the newest first: "ada queued". */
export const statesOf = ({ outbox }: TemporaryCore) =>
  outbox.list().map(({ username, state }) => `${username} ${state}`);
