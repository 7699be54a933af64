import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { finish } from '../helpers/run-command.ts';
import { startScriptedMailServer } from '../servers/scripted-mail-server.ts';
import { newInstallation } from './helpers/installation.ts';
import { mailStatesOf, queueMails, waitForDelivery, withCore } from './helpers/queued-mails.ts';

const mails = 220;
const kills = 10;
const seed = 'a killed delivery';

const messageIdOf = (text: string) => /^Message-ID: (.*)$/m.exec(text)?.[1]?.trim() ?? '';

test('mails of a service that is killed ten times are neither lost nor repeated', async () => {
  let answers = 0;
  let confirmed = 0;
  let onConfirmed: (() => void) | undefined;
  // Answers take their time, so that the service is killed at every moment of a conversation.
  const { port, texts } = await startScriptedMailServer((moment, socket) => {
    if (moment !== 'RCPT' && moment !== 'text') return undefined;
    answers += 1;
    const answer = () => {
      if (!socket.writable) return;
      socket.write('250 ok\r\n');
      if (moment !== 'text') return;
      confirmed += 1;
      onConfirmed?.();
    };
    setTimeout(answer, random(`${seed}/answer/${answers}`) * 4);
    return null;
  });
  const mfa = newInstallation();
  const queued = await queueMails(mfa, port, mails);
  for (let kill = 1; kill <= kills; kill += 1) {
    const service = mfa.start('serve');
    const ended = once(service, 'close');
    service.stderr.resume();
    const enough = Math.min(confirmed + 1 + Math.floor(random(`${seed}/mails/${kill}`) * 20), mails);
    await new Promise<void>((resolve) => {
      onConfirmed = () => {
        if (confirmed >= enough) resolve();
      };
      onConfirmed();
    });
    await sleep(random(`${seed}/later/${kill}`) * 12);
    service.kill('SIGKILL');
    await ended;
  }
  onConfirmed = undefined;
  const service = mfa.start('serve');
  const finished = finish(service);
  await waitForDelivery(mfa);
  service.kill('SIGTERM');
  expect(await finished).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('The service has stopped.'),
  });

  const states = await mailStatesOf(mfa);
  const arrived = Map.groupBy(texts.map(messageIdOf), (id) => id);
  expect([...states.keys()]).toEqual(queued);
  expect([...arrived.values()].filter(({ length }) => length > 1)).toEqual([]);
  const sent = queued.filter((id) => states.get(id) === 'sent');
  const inDoubt = queued.filter((id) => states.get(id) === 'inDoubt');
  expect(sent.filter((id) => !arrived.has(id))).toEqual([]);
  expect(inDoubt.length).toBeLessThanOrEqual(kills);
  expect(sent.length + inDoubt.length).toBe(mails);
  expect([...arrived.keys()]).toEqual(queued.filter((id) => arrived.has(id)));

  // What is in doubt goes out when somebody has decided so, under its Message-ID.
  await withCore(mfa, async ({ outbox }) => {
    await outbox.retry(outbox.ids({ filter: 'state:inDoubt' }));
  });
  const last = mfa.start('serve');
  const lastFinished = finish(last);
  await waitForDelivery(mfa);
  last.kill('SIGTERM');
  await lastFinished;
  expect(new Set((await mailStatesOf(mfa)).values())).toEqual(new Set(['sent']));
  expect(new Set(texts.map(messageIdOf))).toEqual(new Set(queued));
});

/** A number from 0 to 1 that is always the same for a text. */
function random(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
