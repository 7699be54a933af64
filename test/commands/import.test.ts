import { describe, expect, onTestFinished, test } from 'vitest';
import { Lease } from '../../src/core/runs/lease.ts';
import { connect, settingsOfFake } from '../helpers/connected-core.ts';
import { fakeBaseDn } from '../helpers/fake-entries.ts';
import { refuseUsers } from '../helpers/refuse-users.ts';
import { runCommand } from '../helpers/run-command.ts';
import { temporaryCore } from '../helpers/temporary-core.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { startFakeLdap } from '../servers/fake-ldap.ts';

// The sample directory, which every new installation has, always gives the same people.
const salesDn = 'OU=Sales,DC=corp,DC=contoso,DC=test';
const noCounts = {
  ...{ read: 0, added: 0, updated: 0, unchanged: 0, skipped: 0, conflicts: 0, failed: 0 },
  ...{ enabled: 0, disabled: 0, removed: 0, held: 0 },
};

describe('import --json', () => {
  test('prints the run as one document', async () => {
    const folder = temporaryFolder();
    const { exitCode, json, stderr } = await run(folder, '--user', 'asmith', 'jdoe', '--json');
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    expect(json).toEqual({
      run: {
        id: 1,
        purpose: 'import',
        state: 'completed',
        dryRun: false,
        counts: { ...noCounts, read: 2, added: 2 },
        seconds: expect.any(Number),
        usersPerSecond: expect.any(Number),
        startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        startedBy: expect.stringContaining('@'),
        finishedAt: expect.stringMatching(/Z$/),
        error: null,
        resumes: null,
        selection: { scope: 'users', names: ['asmith', 'jdoe'] },
      },
    });
  });

  test('with --changes prints a line for every user before that', async () => {
    const folder = temporaryFolder();
    const core = temporaryCore({ folder });
    await core.users.add({ username: 'jdoe@corp.contoso.test' });
    const preview = await run(folder, '--user', 'asmith', 'jdoe', '--dry-run', '--changes', '--json');
    expect(core.users.list().total).toBe(1);

    const first = await run(folder, '--user', 'asmith', 'jdoe', '--changes', '--json');
    const lines = documents(first.stdout);
    expect(lines).toHaveLength(3);
    expect(lines.slice(0, -1)).toEqual(documents(preview.stdout).slice(0, -1));
    expect(lines.at(-1)).toMatchObject({ run: { dryRun: false, counts: { added: 1, conflicts: 1 } } });
    expect(documents(preview.stdout).at(-1)).toMatchObject({ run: { dryRun: true } });
    const username = expect.stringContaining('@corp.contoso.test');
    const directoryId = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(lines.slice(0, -1)).toEqual(
      expect.arrayContaining([
        {
          change: 'added',
          username,
          directoryId,
          reason: null,
          fields: expect.objectContaining({ lastName: [null, 'Smith'], enabled: [null, true] }),
        },
        {
          change: 'conflict',
          username,
          directoryId,
          reason: expect.stringContaining('made by hand'),
          fields: {},
        },
      ]),
    );

    const { email } = core.users.find('asmith@corp.contoso.test');
    core.store
      .prepare('UPDATE users SET email = ?, fingerprint = NULL WHERE email = ?')
      .run('old@x.test', email);
    const update = await run(folder, '--user', 'asmith', '--update', '--changes', '--json');
    expect(documents(update.stdout)[0]).toMatchObject({
      change: 'updated',
      fields: { email: ['old@x.test', email] },
    });
    const unchanged = await run(folder, '--user', 'asmith', '--update', '--changes', '--json');
    expect(documents(unchanged.stdout)[0]).toMatchObject({ change: 'unchanged', reason: null, fields: {} });
  });

  test('of a run that fails has its error, too', async () => {
    const { exitCode, json, stderr } = await run(temporaryFolder(), '--group', 'CN=Nobody', '--json');
    const error = {
      code: 'directory.entryNotFound',
      message: expect.stringContaining('There is no group CN=Nobody'),
    };
    expect(json).toMatchObject({ error, run: { state: 'failed', error, counts: noCounts } });
    expect(stderr).toContain('There is no group CN=Nobody');
    expect(exitCode).toBe(4);
  });
});

describe('import', () => {
  test('prints a summary for people, with the conflicts and what was skipped', async () => {
    const folder = temporaryFolder();
    const core = temporaryCore({ folder });
    await core.users.add({ username: 'jdoe@corp.contoso.test' });
    const args = ['--user', 'asmith', 'jdoe', '--changes'];
    const preview = await run(folder, ...args, '--dry-run');
    expect(preview.exitCode).toBe(0);
    expect(preview.stdout).toMatch(/^added {6}asmith@\S+ {2}.*lastName: Smith/m);
    expect(preview.stdout).toContain('Preview 1 (nothing was changed): completed');
    expect(preview.stdout).toMatch(/to be added +1\n/);

    const { stdout } = await run(folder, ...args);
    expect(stdout).toContain('Run 2: completed');
    expect(stdout).toMatch(/ {2}conflicts +1\n/);
    expect(stdout).toMatch(/^ {2}conflict {3}jdoe@\S+ {2}a user with this username was made by hand/m);
    const again = await run(folder, '--user', 'asmith', '--no-add', '--phone', 'business');
    expect(again.stdout).toMatch(/^ {2}skipped {4}asmith@.*it would change phone/m);
  });

  test('that finds nobody says who is looked for, and how another filter is tried', async () => {
    const folder = temporaryFolder();
    const { exitCode, stderr } = await run(folder, '--filter', '(cn=nobody)');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.stringContaining('Nobody was found'),
    });
    const server = await startFakeLdap({
      entries: [{ dn: fakeBaseDn, attributes: { objectClass: ['domainDNS'] } }],
    });
    onTestFinished(() => server.stop());
    connect(temporaryCore({ folder }), settingsOfFake(server), 'secret');
    const other = await run(folder, '--container', fakeBaseDn);
    expect(other).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('completed') });
    expect(other.stderr).toContain('passes the user filter (objectClass=user). "mfa-console directory test');
    expect((await run(folder, '--container', fakeBaseDn, '--json')).stderr).toBe('');
  });

  test('takes what its options say', async () => {
    const folder = temporaryFolder();
    const core = temporaryCore({ folder });
    await run(folder, '--container', salesDn, '--one-level', '--filter', '(sAMAccountName=asmith)');
    const direct = core.users.list().total;
    const rules = ['--method', 'textMessage', '--mode', 'twoWayOtp', '--language', 'de', '--enable', 'never'];
    await run(folder, '--container', salesDn, '--phone', 'business', '--backup', 'mobile', ...rules);
    expect(core.users.list().total).toBeGreaterThan(direct);
    const [user] = core.users.list({ filter: 'method:textMessage' }).users;
    expect(user).toMatchObject({
      mode: 'twoWayOtp',
      languagePhoneCall: 'de',
      languageOathToken: 'de',
      enabled: false,
    });
    expect(core.runs.list(1)[0]?.request).toEqual({
      selection: { scope: 'container', dn: salesDn, includeSubtree: true },
      rules: expect.objectContaining({ phone: 'business', backupPhone: 'mobile', updateExisting: false }),
    });
  });

  test('ends with 1 when somebody could not be written, and names them', async () => {
    const folder = temporaryFolder();
    const core = temporaryCore({ folder });
    refuseUsers(core.store, 'INSERT', `new.last_name = 'Smith'`);
    const { exitCode, stdout } = await run(folder, '--user', 'asmith', 'jdoe');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^ {2}failed {5}asmith@\S+ {2}it could not be written: refused$/m);
    expect(core.users.list().total).toBe(1);
  });

  test('ends with 5 while another process writes, and a preview does not', async () => {
    const folder = temporaryFolder();
    const core = temporaryCore({ folder });
    const lease = Lease.acquire(core.store, () => new Date(), 'writing run', 'helpdesk@dc2', 'import');
    const refused = await run(folder, '--user', 'asmith', '--json');
    expect(refused.exitCode).toBe(5);
    expect(refused.json).toEqual({
      error: {
        code: 'run.inProgress',
        message: expect.stringMatching(
          /^Another import is running: started [\d :-]+ UTC by helpdesk@dc2 \(process \d+ on .*\)\. Wait/,
        ),
      },
    });
    expect((await run(folder, '--user', 'asmith', '--dry-run')).exitCode).toBe(0);
    lease.release();
    expect((await run(folder, '--user', 'asmith')).exitCode).toBe(0);
  });
});

function run(folder: string, ...args: string[]) {
  return runCommand(folder, ['import', ...args]);
}

/** The JSON documents of lines. */
function documents(stdout: string): unknown[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}
