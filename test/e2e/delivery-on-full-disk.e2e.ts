import { expect, test } from 'vitest';
import { finish } from '../helpers/run-command.ts';
import { startScriptedMailServer } from '../servers/scripted-mail-server.ts';
import { newInstallation } from './helpers/installation.ts';
import { mailStatesOf, queueMails, waitForDelivery, waitForWords } from './helpers/queued-mails.ts';
import { withSmallFiles } from './helpers/small-disk.ts';

const mails = 200;

const messageIdOf = (text: string) => /^Message-ID: (.*)$/m.exec(text)?.[1]?.trim() ?? '';

test('mails wait while the disk is full, and the rest goes out when there is space', async () => {
  const { port, texts } = await startScriptedMailServer(() => undefined);
  const mfa = newInstallation();
  const queued = await queueMails(mfa, port, mails);
  const disk = withSmallFiles(mfa, 2);
  const service = disk.full.start('serve');
  const finished = finish(service);
  await waitForWords(service.stderr, 'could not be written');
  service.kill('SIGTERM');
  expect(await finished).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('Free some space') });
  const sentBefore = texts.length;
  expect(sentBefore).toBeGreaterThan(0);
  expect(sentBefore).toBeLessThan(mails);

  const other = disk.withSpace();
  const again = other.start('serve');
  const ended = finish(again);
  await waitForDelivery(other);
  again.kill('SIGTERM');
  expect(await ended).toMatchObject({ exitCode: 0 });
  expect(new Set(texts.map(messageIdOf))).toEqual(new Set(queued));
  expect(texts).toHaveLength(mails);
  const unsure = [...(await mailStatesOf(other)).values()].filter((state) => state !== 'sent');
  // The one whose confirmation could not be noted any more.
  expect(unsure.length).toBeLessThanOrEqual(1);
  for (const state of unsure) expect(state).toBe('inDoubt');
});
