import { Attribute, Change, Client } from 'ldapts';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { settingsFor } from '../helpers/email-settings.ts';
import { type OpenLdap, startOpenLdap } from '../servers/openldap.ts';
import { inventPerson } from '../servers/people.ts';
import { describeWithServer, openLdapServer } from '../servers/require-server.ts';
import { startScriptedMailServer } from '../servers/scripted-mail-server.ts';
import { connect, connectedDirectory } from './helpers/connected-directory.ts';
import { type Installation, newInstallation } from './helpers/installation.ts';
import { withCore } from './helpers/queued-mails.ts';
import { silentServer } from './helpers/silent-server.ts';
import { withSmallFiles } from './helpers/small-disk.ts';
import { soundUserCount, waitForUsers } from './helpers/stored-users.ts';
import { type SupervisedService, superviseService } from './helpers/supervised-service.ts';

/** A run that fails or is cut short is done again after seconds; a busy machine may take its time. */
const patience = { timeout: 480_000 };
const stopMs = 10_000;

/** Has everybody synchronized every so many minutes. */
async function schedule(mfa: Installation, intervalMinutes: number): Promise<void> {
  await mfa.json('sync', 'items', 'add', 'People', '--filter', '(objectClass=user)', '--leavers', 'disable');
  await mfa.json('sync', 'settings', 'set', 'enabled=on', `intervalMinutes=${intervalMinutes}`);
}

interface ListedRun {
  readonly id: number;
  readonly state: string;
  readonly counts: { readonly added: number };
}

async function runs(mfa: Installation) {
  return (await mfa.json<{ runs: ListedRun[] }>('sync', 'runs')).runs;
}

async function disabledCount(mfa: Installation): Promise<number> {
  const { total } = await mfa.json<{ total: number }>('users', 'list', '--filter', 'state:disabled');
  return total;
}

describeWithServer('the service with 200 people', openLdapServer, () => {
  let server: OpenLdap;
  beforeAll(async () => {
    server = await startOpenLdap({ users: 200 });
  });
  afterAll(() => server.stop());

  test('synchronizes on time, has administrators told what waits, and ends cleanly', patience, async () => {
    const mail = await startScriptedMailServer(() => undefined);
    const mfa = newInstallation();
    await connect(mfa, server);
    await withCore(mfa, async ({ emailDelivery }) => {
      emailDelivery.save({ after: settingsFor(mail.port, { administrators: ['ada@corp.example'] }) });
    });
    await schedule(mfa, 1);
    const service = superviseService(mfa);
    const { run: first } = await service.told(({ event }) => event === 'syncFinished');
    expect(first).toMatchObject({ state: 'completed', counts: { added: 200 } });
    await disableAccounts(server, 20);

    const { run: second } = await service.told(({ event }) => event === 'syncAwaitingApproval');
    expect(second).toMatchObject({ counts: { held: 20, disabled: 0 } });
    const seconds = (Date.parse(second?.startedAt ?? '') - Date.parse(first?.startedAt ?? '')) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(57);
    expect(seconds).toBeLessThan(120);
    expect(await disabledCount(mfa)).toBe(0);
    await service.told(({ event }) => event === 'sent');
    expect(mail.texts).toHaveLength(1);
    expect(mail.texts[0]).toContain(`Synchronization ${second?.id} `);
    expect(mail.texts[0]).toContain(`mfa-console sync approve ${second?.id}`);
    expect(await mfa.run('status', '--check')).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('sync.awaitingApproval'),
    });
    expect(await mfa.json('status')).toMatchObject({
      service: { pid: service.lines.findLast(({ event }) => event === 'serviceStarted')?.pid },
      synchronization: { idle: null, isLate: false, failures: 0, lastDone: { state: 'awaitingApproval' } },
    });

    await mfa.json('sync', 'approve', String(second?.id), '--yes');
    expect(await disabledCount(mfa)).toBe(20);
    const { exitCode, stderr, ms } = await service.stop();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(ms).toBeLessThan(stopMs);
    expect(await mfa.json('status')).toMatchObject({ service: null });
  });

  test('goes on in another process when the first one is killed', patience, async () => {
    const mfa = newInstallation();
    await connect(mfa, server);
    await schedule(mfa, 60);
    const first = superviseService(mfa);
    await first.told(({ event }) => event === 'syncScheduled');
    const second = superviseService(mfa);
    await second.told(({ event }) => event === 'syncStandby');
    // The supervisor starts it again, and then it is the one that waits.
    await first.kill();
    const { at: takenOver } = await Promise.race(
      [first, second].map((one) =>
        one.told(({ event, at }) => event === 'syncScheduled' && at > (second.lines[0]?.at ?? '')),
      ),
    );
    expect(takenOver).not.toBe('');
    expect(await runs(mfa)).toHaveLength(1);
    for (const one of [first, second]) expect(await one.stop()).toMatchObject({ exitCode: 0 });
  });
});

describeWithServer('the service with 20,000 people', openLdapServer, () => {
  const people = 20_000;
  const directory = connectedDirectory(people);

  async function scheduled(): Promise<Installation> {
    const mfa = directory.newInstallation();
    await schedule(mfa, 60);
    return mfa;
  }

  /**
   * A service to which something happens in the middle of its first run; another one when a busy machine came so late
   * that the run was over.
   */
  async function inTheMiddle<Outcome>(
    users: number,
    happen: (service: SupervisedService) => Promise<Outcome>,
  ) {
    for (;;) {
      const mfa = await scheduled();
      const service = superviseService(mfa);
      await waitForUsers(mfa, users);
      const outcome = await happen(service);
      // The next run may have begun by now: what the first one had committed stands in its counts.
      const first = (await runs(mfa)).find(({ id }) => id === 1);
      if (first?.state !== 'completed') return { mfa, service, outcome, before: first?.counts.added ?? 0 };
      await service.stop();
    }
  }

  test('killed in the middle of its run is started again and does the rest', patience, async () => {
    const { mfa, service, before } = await inTheMiddle(5000, (one) => one.kill());
    const { run } = await service.told(({ event }) => event === 'syncFinished');
    expect(run).toMatchObject({
      id: 2,
      counts: { read: people, added: people - before, unchanged: before, disabled: 0 },
    });
    expect(before).toBeGreaterThanOrEqual(5000);
    expect(await runs(mfa)).toMatchObject([{ state: 'completed' }, { id: 1, state: 'interrupted' }]);
    expect(await service.stop()).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await soundUserCount(mfa)).toBe(people);
  });

  test(
    'told to stop in the middle of its run ends within 10 seconds, and does the rest soon',
    patience,
    async () => {
      const { mfa, outcome, before } = await inTheMiddle(1000, (one) => one.stop());
      expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
      expect(outcome.ms).toBeLessThan(stopMs);
      expect(await runs(mfa)).toMatchObject([{ state: 'cancelled' }]);
      const again = superviseService(mfa);
      const { run } = await again.told(({ event }) => event === 'syncFinished');
      expect(run).toMatchObject({ counts: { added: people - before, disabled: 0 } });
      expect(await again.stop()).toMatchObject({ exitCode: 0, stderr: '' });
    },
  );

  test(
    'whose directory is killed says so, disables nobody, and goes on when it is back',
    patience,
    async () => {
      onTestFinished(() => directory.server.startAgain());
      const { mfa, service, outcome, before } = await inTheMiddle(1000, async (one) => {
        process.kill(directory.server.server.pid, 'SIGKILL');
        const ended = await one.told(({ event }) => event === 'syncFailed' || event === 'syncFinished');
        await directory.server.startAgain();
        return ended;
      });
      expect(outcome.run).toMatchObject({
        id: 1,
        state: 'failed',
        counts: { disabled: 0, removed: 0, held: 0 },
      });
      expect(outcome.why).toMatch(/./);
      const { run } = await service.told(({ event }) => event === 'syncFinished');
      expect(run).toMatchObject({ counts: { added: people - before, disabled: 0 } });
      expect(await disabledCount(mfa)).toBe(0);
      expect(await mfa.json('status')).toMatchObject({ synchronization: { failures: 0 } });
      expect(await service.stop()).toMatchObject({ exitCode: 0, stderr: '' });
    },
  );

  test('on a full disk says so, ends cleanly, and does the rest when there is space', patience, async () => {
    const disk = withSmallFiles(await scheduled(), 4);
    const service = superviseService(disk.full);
    const { why } = await service.told(({ event }) => event === 'syncFailed');
    expect(why).toContain('Free some space');
    const { exitCode, stderr, ms } = await service.stop();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(ms).toBeLessThan(stopMs);

    const mfa = disk.withSpace();
    const before = await soundUserCount(mfa);
    expect(before).toBeLessThan(people);
    const again = superviseService(mfa);
    const { run } = await again.told(({ event }) => event === 'syncFinished');
    expect(run).toMatchObject({ counts: { added: people - before, disabled: 0 } });
    expect(await again.stop()).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await soundUserCount(mfa)).toBe(people);
  });
});

describe('the service whose directory never answers', () => {
  const silent = silentServer();

  test('ends within 10 seconds', patience, async () => {
    const mfa = newInstallation();
    const set = [...silent.directorySet, '--connect-timeout', '100', '--bind-password-file', '-'];
    expect(await mfa.runWithInput('secret', ...set)).toMatchObject({ exitCode: 0 });
    await schedule(mfa, 60);
    const connected = silent.nextConnection();
    const service = superviseService(mfa);
    await connected;
    const { exitCode, stderr, ms } = await service.stop();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(ms).toBeLessThan(stopMs);
    expect(await runs(mfa)).toMatchObject([{ state: 'cancelled' }]);
  });
});

/** Disables accounts of the directory, the first ones of it. */
async function disableAccounts({ ldapUrl, admin, peopleDn }: OpenLdap, count: number): Promise<void> {
  const client = new Client({ url: ldapUrl });
  try {
    await client.bind(admin.dn, admin.password);
    for (let index = 0; index < count; index += 1) {
      const modification = new Attribute({ type: 'userAccountControl', values: ['514'] });
      await client.modify(
        `CN=${inventPerson(index).login},OU=Department ${index % 10},${peopleDn}`,
        new Change({ operation: 'replace', modification }),
      );
    }
  } finally {
    await client.unbind();
  }
}
