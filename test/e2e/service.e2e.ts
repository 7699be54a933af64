import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { openCore } from '../../src/core/core.ts';
import { locateDataDirectory } from '../../src/core/data-directory.ts';
import { finish } from '../helpers/run-command.ts';
import { startScriptedMailServer } from '../servers/scripted-mail-server.ts';
import { startConsole } from './helpers/console-in-terminal.ts';
import { newInstallation } from './helpers/installation.ts';
import { mailStatesOf, queueMails, waitForDelivery, waitForWords } from './helpers/queued-mails.ts';

describe('the service', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'delivers mail, tells of it, and ends with 0 after %s',
    async (signal) => {
      const { port, texts } = await startScriptedMailServer(() => undefined);
      const mfa = newInstallation();
      await queueMails(mfa, port, 3);
      const service = mfa.start('serve');
      const finished = finish(service);
      await waitForDelivery(mfa);
      service.kill(signal);
      const { exitCode, stdout, stderr } = await finished;
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
      expect(stderr).toContain(`The service runs as process ${service.pid} on ${mfa.folder}.`);
      expect(stderr).toContain('Mail 3 (newUser) for amara to amara@corp.example was sent: 250 taken');
      expect(stderr).toMatch(/The service is stopping\.\n.*The service has stopped\.\n$/s);
      expect(stderr).not.toContain('83017426');
      expect(texts).toHaveLength(3);
    },
  );

  test('tells scripts with lines of JSON', async () => {
    const { port } = await startScriptedMailServer(() => undefined);
    const mfa = newInstallation();
    await queueMails(mfa, port, 1);
    const service = mfa.start('serve', '--json');
    const finished = finish(service);
    await waitForDelivery(mfa);
    service.kill('SIGTERM');
    const { exitCode, stdout, stderr } = await finished;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'syncIdle', why: expect.stringContaining('switched off') }),
    );
    expect(lines.filter(({ event }) => !event.startsWith('sync'))).toMatchObject([
      { event: 'serviceStarted', pid: service.pid, dataDirectory: mfa.folder },
      { event: 'started' },
      { event: 'sent', mail: { id: 1, username: 'amara', to: 'amara@corp.example' }, why: '250 taken' },
      { event: 'serviceStopping' },
      { event: 'stopped' },
      { event: 'serviceStopped' },
    ]);
  });

  test('removes audit events that were kept for long enough', async () => {
    const mfa = newInstallation();
    const core = openCore({
      dataDirectory: locateDataDirectory(mfa.folder, {}),
      clock: () => new Date('2020-01-01T00:00:00.000Z'),
    });
    for (const username of ['ada', 'bob', 'carla']) await core.users.add({ username });
    core.companySettings.save({ ...core.companySettings.load(), auditKeptDays: 30 });
    core.close();
    const service = mfa.start('serve');
    const words = waitForWords(service.stderr, '2 audit events were removed');
    const ended = once(service, 'close');
    await words;
    service.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(await mfa.json('audit', 'verify')).toMatchObject({ ok: true, events: 2 });
  });

  test('ends within 10 seconds also when a mail has left and the mail server keeps silent', async () => {
    let hasText: (() => void) | undefined;
    const arrived = new Promise<void>((resolve) => {
      hasText = resolve;
    });
    const { port } = await startScriptedMailServer((moment) => {
      if (moment !== 'text') return undefined;
      hasText?.();
      return null;
    });
    const mfa = newInstallation();
    await queueMails(mfa, port, 1, { timeoutSeconds: 120 });
    const service = mfa.start('serve');
    const finished = finish(service);
    await arrived;
    const asked = Date.now();
    service.kill('SIGTERM');
    expect(await finished).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('is in doubt') });
    expect(Date.now() - asked).toBeLessThan(10_000);
    expect([...(await mailStatesOf(mfa)).values()]).toEqual(['inDoubt']);
  });

  test('that runs twice delivers once, and the second takes over when the first is killed', async () => {
    const { port, texts } = await startScriptedMailServer(() => undefined);
    const mfa = newInstallation();
    const first = mfa.start('serve');
    const firstEnded = once(first, 'close');
    await waitForWords(first.stderr, 'Mail is delivered by this process.');
    const second = mfa.start('serve');
    const finished = finish(second);
    await waitForWords(second.stderr, `process ${first.pid}`);
    first.kill('SIGKILL');
    await firstEnded;
    await queueMails(mfa, port, 2);
    await waitForDelivery(mfa);
    second.kill('SIGTERM');
    expect(await finished).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('Mail 2 ') });
    expect(texts).toHaveLength(2);
  });
});

describe.skipIf(process.platform === 'win32')('the console', () => {
  test('delivers mail while it is open, and leaves none in the middle', async () => {
    const { port, texts } = await startScriptedMailServer(() => undefined);
    const mfa = newInstallation();
    await queueMails(mfa, port, 5);
    const console = startConsole(mfa);
    try {
      await console.waitFor('Data directory');
      await waitForDelivery(mfa);
      console.write('q');
      await console.waitFor('left 0');
    } finally {
      console.dispose();
    }
    expect(texts).toHaveLength(5);
    expect(new Set((await mailStatesOf(mfa)).values())).toEqual(new Set(['sent']));
  });
});
