import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lastBackupDocument } from '../../../src/core/backup/last-backup.ts';
import { openCore } from '../../../src/core/core.ts';
import { locateDataDirectory } from '../../../src/core/data-directory.ts';
import { directorySettingsSchema } from '../../../src/core/directory/directory-settings.ts';
import { deliveryHealthDocument } from '../../../src/core/email/delivery-health.ts';
import type { EmailSettings } from '../../../src/core/email/email-settings.ts';
import { MfaError } from '../../../src/core/errors.ts';
import { importRulesSchema } from '../../../src/core/import/import-rules.ts';
import { Lease } from '../../../src/core/runs/lease.ts';
import { noCounts, type RunState } from '../../../src/core/runs/run.ts';
import { mailText } from '../../../src/core/status/mail-text.ts';
import { readStatus } from '../../../src/core/status/status.ts';
import { serviceLease } from '../../../src/core/sync/schedule/sync-schedule.ts';
import {
  ChangingDirectory,
  container,
  definition,
  synchronizationWith,
} from '../../helpers/changing-directory.ts';
import { settingsFor } from '../../helpers/email-settings.ts';
import { addMailUser, deliver, queueMail, readySettings } from '../../helpers/mail-users.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const now = new Date('2026-03-10T12:00:00Z');

function open() {
  const dataDirectory = locateDataDirectory(join(temporaryFolder(), 'data'), {});
  const core = openCore({ dataDirectory, clock: () => now, actor: 'admin@dc1' });
  onTestFinished(() => core.close());
  const warnings = () => readStatus(core).warnings.map((warning) => warning.code);
  return { core, warnings };
}

describe('the status', () => {
  it('of a new installation has no warnings', () => {
    const { core } = open();
    expect(readStatus(core)).toMatchObject({
      dataDirectory: core.dataDirectory.path,
      users: { total: 0, enabled: 0 },
      directory: { type: 'sample', label: 'corp.contoso.test' },
      lastRun: null,
      interruptedRuns: [],
      lastBackup: { writtenAt: null },
      warnings: [],
    });
  });

  it.each([
    [41, 'expires in 41 days, on'],
    [1, 'expires in 1 day, on'],
    [-1, 'has expired, on'],
    [42, null],
  ])('warns of the certificate of the directory %d days before it expires', async (days, words) => {
    const core = temporaryCore();
    const directory = new ChangingDirectory();
    const staff = directory.ou('Staff');
    directory.addMany(2, staff, 'p');
    directory.certificateExpiresAt = new Date(
      core.clock().getTime() + (days + 0.5) * 86_400_000,
    ).toISOString();
    const sync = synchronizationWith(core, directory);
    sync.items.add('Staff', definition(container(staff)));
    const told = () =>
      readStatus(core).warnings.find(({ code }) => code === 'directory.certificateExpires')?.message;
    expect(told()).toBeUndefined();
    await sync.run({});
    if (words === null) expect(told()).toBeUndefined();
    else expect(told()).toContain(`The certificate of the directory server ${words}`);
    core.directorySettings.save({ ...core.directorySettings.load(), urls: ['ldaps://another.contoso.test'] });
    expect(told()).toBeUndefined();
  });

  it('counts each user in one state, the gravest', async () => {
    const { core } = open();
    const { users } = core;
    for (const username of ['ada', 'ben', 'carla', 'derek', 'ella', 'frank']) await users.add({ username });
    await users.disable(['ben']);
    await users.block(['ben', 'carla', 'derek'], { reason: 'lost phone' });
    await users.bypass(['derek', 'ella'], { seconds: 60, reason: 'forgot phone' });
    core.store.prepare("UPDATE users SET pin_must_change = 1 WHERE username IN ('ella', 'frank')").run();
    expect(readStatus(core).users).toEqual({
      total: 6,
      enabled: 1,
      disabled: 1,
      blocked: 2,
      lockedOut: 0,
      bypassed: 1,
      pinChangeRequired: 1,
    });
  });

  it('counts the mails that wait or were not sent', async () => {
    const { core } = open();
    core.emailDelivery.save({ after: readySettings });
    await core.users.add({ username: 'ada', email: 'ada@corp.example', method: 'oathToken' });
    await core.users.add({ username: 'ben', method: 'oathToken' });
    const queue = await core.outbox.openQueue();
    for (const username of ['ada', 'ada', 'ben']) {
      queue.add({ user: core.users.find(username), kind: 'newUser' });
    }
    expect(readStatus(core).mail).toEqual({ isOn: true, waiting: 2, failed: 0, inDoubt: 0, notSent: 1 });
  });

  it('names the directory without connecting to it', () => {
    const { core } = open();
    const label = (settings: Record<string, unknown>) => {
      core.directorySettings.save(directorySettingsSchema.parse({ type: 'activeDirectory', ...settings }));
      return readStatus(core).directory;
    };
    expect(label({ baseDn: 'OU=Sales,DC=contoso,DC=com' })).toEqual({
      type: 'activeDirectory',
      label: 'contoso.com',
    });
    expect(label({ urls: ['ldaps://dc1.contoso.com:636'] }).label).toBe('dc1.contoso.com');
    expect(label({}).label).toBe('no server yet');
  });
});

describe('warnings', () => {
  it('tell of a connection to the directory that is not encrypted', () => {
    const { core, warnings } = open();
    const save = (settings: Record<string, unknown>) =>
      core.directorySettings.save(
        directorySettingsSchema.parse({ type: 'ldap', urls: ['LDAP://dc1'], ...settings }),
      );
    save({ security: 'none' });
    expect(warnings()).toEqual(['directory.plain']);
    save({ security: 'startTls' });
    expect(warnings()).toEqual([]);
    save({ security: 'none', urls: ['ldaps://dc1'] });
    expect(warnings()).toEqual([]);
  });

  it('tell that disabled users are set to succeed', () => {
    const { core, warnings } = open();
    const when = (whenUserDisabled: 'fail' | 'succeed') =>
      core.companySettings.save({ ...core.companySettings.load(), whenUserDisabled });
    when('succeed');
    expect(warnings()).toEqual(['settings.disabledSucceed']);
    when('fail');
    expect(warnings()).toEqual([]);
  });

  it('tell that nobody synchronizes, that it is late, and that it fails, with the reason', async () => {
    const core = temporaryCore();
    const directory = new ChangingDirectory();
    const staff = directory.ou('Staff');
    directory.add('ada', staff);
    const synchronization = synchronizationWith(core, directory);
    synchronization.items.add('Staff', definition(container(staff)));
    const told = () =>
      readStatus(core)
        .warnings.map(({ code }) => code)
        .filter((code) => /^(sync|service|run)\./.test(code));
    await synchronization.run({});
    expect(told()).toEqual([]);
    core.syncSettings.save({ ...core.syncSettings.load(), enabled: true, intervalMinutes: 60 });
    expect(told()).toEqual(['service.stopped']);
    const lease = Lease.acquire(core.store, core.clock, serviceLease, core.actor, 'service');
    expect(told()).toEqual([]);
    expect(readStatus(core).service).toMatchObject({ pid: process.pid, by: 'admin@test' });
    core.testClock.forward(3600 + 300);
    lease.assertHeld();
    expect(told()).toEqual(['sync.late']);
    directory.beforePage = () => {
      throw new MfaError('directory.disconnected', 'The connection was lost.');
    };
    await synchronization.run({});
    await synchronization.run({});
    expect(told()).toEqual(['sync.failing']);
    await core.importUsers({
      selection: { scope: 'users', names: ['asmith'] },
      rules: importRulesSchema.parse({}),
    });
    const { warnings } = readStatus(core);
    expect(warnings.find(({ code }) => code === 'sync.failing')).toMatchObject({
      message: 'Synchronization fails since 2026-03-02 11:05:00 UTC, 2 times: The connection was lost.',
      run: 3,
    });
    directory.beforePage = () => undefined;
    await synchronization.run({});
    expect(told()).toEqual([]);
    core.emailDelivery.save({ after: readySettings });
    expect(readStatus(core).warnings).toContainEqual(
      expect.objectContaining({ code: 'email.noAdministrators', setting: 'administrators' }),
    );
    core.emailDelivery.save({ after: { ...readySettings, administrators: ['ada@corp.example'] } });
    expect(readStatus(core).warnings.map(({ code }) => code)).not.toContain('email.noAdministrators');
    lease.release();
  });

  it('tell of mails that nobody delivers, that are kept from leaving, and that did not arrive', async () => {
    const core = temporaryCore();
    core.emailDelivery.save({ after: settingsFor(1) });
    const user = await addMailUser(core, 'ada');
    const told = () => readStatus(core).warnings.filter(({ code }) => code.startsWith('mail.'));
    expect(told()).toEqual([]);
    await queueMail(core, user);
    expect(told()).toMatchObject([
      {
        code: 'mail.nobodyDelivers',
        message: expect.stringMatching(/^1 mail waits/),
        command: 'mfa-console serve',
      },
    ]);
    await deliver(core);
    expect(told()).toEqual([]);
    core.emailDelivery.save({ after: settingsFor(1, { sendToUsers: false }) });
    await queueMail(core, user);
    expect(told()).toMatchObject([
      { code: 'mail.switchedOff', message: expect.stringContaining('while 1 mail waits') },
      { code: 'mail.unsent', message: expect.stringMatching(/^1 mail did not arrive/) },
    ]);
  });

  it('say nothing of the switch while only mails to administrators wait, which leave all the same', async () => {
    const core = temporaryCore();
    core.emailDelivery.save({
      after: settingsFor(1, { sendToUsers: false, administrators: ['ada@corp.example'] }),
    });
    const notices = await core.outbox.openNotices();
    notices.add('syncFailing', {
      ...{ server: 'srv', run: '1', failing_since: '2026-03-02 10:00 UTC', failures: '3' },
      ...{ error: '', company_name: '' },
    });
    const { mail, warnings } = readStatus(core);
    expect(mail).toMatchObject({ isOn: false, waiting: 1, notSent: 0 });
    expect(warnings.map(({ code }) => code).filter((code) => code.startsWith('mail.'))).toEqual([
      'mail.nobodyDelivers',
    ]);
  });

  it('tell what keeps mails from users, once there are users', async () => {
    const { core } = open();
    const save = (change: Partial<EmailSettings>) =>
      core.emailDelivery.save({ after: { ...core.emailDelivery.load().settings, ...change } });
    const told = () => readStatus(core).warnings.filter(({ code }) => code.startsWith('email.'));
    expect(told()).toEqual([]);
    await core.users.add({ username: 'ada' });
    expect(told()).toMatchObject([{ code: 'email.incomplete', setting: 'host' }]);
    save({ host: 'mail.corp.example' });
    expect(told()).toEqual([
      {
        code: 'email.incomplete',
        message: 'No From address is set. Users get no mail.',
        command: 'mfa-console email settings set --from mfa@corp.example',
        setting: 'from',
      },
    ]);
    save({ deliverBy: 'pickup' });
    expect(told()).toMatchObject([{ setting: 'pickupFolder' }]);
    save({ sendToUsers: false });
    expect(told()).toEqual([]);
    save({ ...readySettings, sendToUsers: true });
    expect(told()).toEqual([]);
  });

  it('tell why no mail leaves, until the settings are others', async () => {
    const { core, warnings } = open();
    core.emailDelivery.save({ after: readySettings });
    const failing = {
      failures: 2,
      failingSince: '2026-03-10T11:00:00Z',
      why: 'The mail server mail.corp.example:587 did not answer in time.',
      pausedUntil: '2026-03-10T12:10:00Z',
    };
    deliveryHealthDocument(core.store, core.clock, '').save(failing);
    expect(readStatus(core).warnings).toMatchObject([
      { code: 'email.failing', message: `No mail leaves since 2026-03-10 11:00:00 UTC: ${failing.why}` },
    ]);
    core.emailDelivery.save({ after: { ...readySettings, host: 'mail2.corp.example' } });
    expect(warnings()).toEqual([]);
  });

  it.each([
    ['mail.corp.example', ['email.plain']],
    ['10.0.0.25', ['email.plain']],
    ['127.0.0.1', []],
    ['localhost', []],
    ['::1', []],
  ])('tell of mails to %s without encryption where others can read them: %j', (host, expected) => {
    const { core, warnings } = open();
    core.emailDelivery.save({ after: { ...readySettings, host, security: 'none', acceptsPlain: true } });
    expect(warnings()).toEqual(expected);
  });

  it('tell of a missing or old backup once there are users', async () => {
    const { core, warnings } = open();
    core.emailDelivery.save({ after: readySettings });
    await core.users.add({ username: 'ada' });
    expect(warnings()).toEqual(['backup.missing']);
    const note = (writtenAt: string) =>
      lastBackupDocument(core.store, core.clock, '').save({ writtenAt, file: '/srv/mfa.backup' });
    note('2026-03-03T12:00:01Z');
    expect(warnings()).toEqual([]);
    note('2026-03-01T12:00:00Z');
    expect(readStatus(core).warnings).toMatchObject([
      {
        code: 'backup.old',
        message: 'The last backup is 9 days old.',
        command: expect.stringContaining('backup'),
      },
    ]);
  });

  it('tell of runs that failed or were interrupted, until one completes', () => {
    const { core, warnings } = open();
    const rules = importRulesSchema.parse({});
    const selection = { scope: 'filter', filter: '(cn=*)' } as const;
    const order = { purpose: 'import', request: { selection, rules } } as const;
    const run = (state: RunState, resumes: number | null = null) => {
      const id = core.runs.start(order, { dryRun: false, resumes });
      const error = state === 'failed' ? { code: 'directory.timeout', message: 'It took too long.' } : null;
      if (state !== 'interrupted') core.runs.finish(id, { state, counts: noCounts, seconds: 1, error });
      else core.store.prepare("UPDATE runs SET state = 'interrupted' WHERE id = ?").run(id);
      return id;
    };
    run('failed');
    expect(readStatus(core).warnings).toMatchObject([
      {
        code: 'run.failed',
        message: expect.stringContaining('It took too long.'),
        command: 'mfa-console import --resume 1',
        run: 1,
      },
    ]);
    const interrupted = run('interrupted');
    expect(warnings()).toEqual(['run.interrupted']);
    const stopped = run('cancelled', interrupted);
    expect(warnings()).toEqual([]);
    core.store.prepare(`UPDATE runs SET counts = json_set(counts, '$.read', 5) WHERE id = ?`).run(stopped);
    expect(readStatus(core).warnings).toMatchObject([{ code: 'run.cancelled', run: stopped }]);
    run('interrupted');
    run('completed');
    expect(warnings()).toEqual([]);
    expect(readStatus(core).lastRun?.state).toBe('completed');
  });
});

it.each([
  [{ isOn: true, waiting: 0, failed: 0, inDoubt: 0, notSent: 0 }, 'nothing waits'],
  [{ isOn: true, waiting: 3, failed: 2, inDoubt: 1, notSent: 0 }, '3 waiting, 2 failed, 1 in doubt'],
  [{ isOn: false, waiting: 0, failed: 0, inDoubt: 0, notSent: 4 }, 'switched off, 4 not sent'],
])('%j is told as "%s"', (mail, text) => {
  expect(mailText(mail)).toBe(text);
});
