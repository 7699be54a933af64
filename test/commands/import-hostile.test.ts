import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usernameKey } from '../../src/core/users/user.ts';
import { coreOfFake } from '../helpers/connected-core.ts';
import { fakePerson, fakeStaff, fakeStaffDn } from '../helpers/fake-entries.ts';
import { harmfulCharacters, hostileTexts } from '../helpers/hostile-texts.ts';
import { runCommand } from '../helpers/run-command.ts';
import type { TemporaryCore } from '../helpers/temporary-core.ts';
import { type FakeLdap, startFakeLdap } from '../servers/fake-ldap.ts';
import { escapeDnValue } from '../servers/ldif.ts';

describe('people of a hostile directory', () => {
  let server: FakeLdap;

  beforeAll(async () => {
    server = await startFakeLdap({
      entries: [fakeStaff(), ...hostileTexts.map((text, index) => hostilePerson(text, index))],
    });
  });

  afterAll(() => server?.stop());

  test('are imported as they are, each once, and are unchanged the next time', async () => {
    const core = coreOfFake(server);
    const { json } = await importPeople(core);
    expect(json).toMatchObject({
      run: { state: 'completed', counts: { added: hostileTexts.length, failed: 0, conflicts: 0 } },
    });
    const { users } = core.users.list();
    expect(users.map(({ username }) => username).sort()).toEqual([...hostileTexts].sort());
    for (const user of users) {
      const { username } = user;
      expect(user).toMatchObject({ firstName: username, description: username, phone: null });
      expect(core.users.find(username)).toEqual(user);
    }
    const again = await importPeople(core, '--update', '--changes');
    const lines = again.stdout.trimEnd().split('\n');
    expect(lines.slice(0, -1).map((line) => (JSON.parse(line) as { username: string }).username)).toEqual(
      users.toSorted((left, right) => left.id - right.id).map(({ username }) => username),
    );
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      run: { counts: { unchanged: hostileTexts.length } },
    });
  });

  test('keep their names to themselves: another person with one of them is a conflict', async () => {
    const core = coreOfFake(server);
    await importPeople(core);
    const others = await startFakeLdap({
      entries: [fakeStaff(), ...hostileTexts.map((text, index) => hostilePerson(text, index + 1000))],
    });
    try {
      core.directorySettings.save({ ...core.directorySettings.load(), urls: [others.url] });
      const { json } = await importPeople(core, '--update');
      expect(json).toMatchObject({ run: { counts: { conflicts: hostileTexts.length, added: 0 } } });
    } finally {
      await others.stop();
    }
  });

  test('steer no terminal, whatever prints them', async () => {
    const core = coreOfFake(server);
    await importPeople(core);
    const commands = [
      ['import', '--container', fakeStaffDn, '--dry-run', '--changes'],
      ['runs', 'show', '1', '--changes'],
      ['users', 'list'],
      ['users', 'show', hostileTexts[0]],
      ['audit', 'list', '--limit', '100'],
      ['directory', 'search', 'quoted'],
      ['import', '--container', `OU=${hostileTexts[0]},${fakeStaffDn}`],
    ];
    await Promise.all(
      commands.map(async (command) => {
        const { exitCode, stdout, stderr } = await runCommand(core.folder, command);
        expect(stdout + stderr, command.join(' ')).not.toMatch(harmfulCharacters);
        expect(exitCode, command.join(' ')).toBe(command.at(-1)?.startsWith('OU=') ? 4 : 0);
      }),
    );
  });

  test('come whole out of JSON that steers no terminal', async () => {
    const core = coreOfFake(server);
    const imported = await importPeople(core, '--changes');
    const listed = await runCommand(core.folder, ['users', 'list', '--json']);
    const audited = await runCommand(core.folder, ['audit', 'list', '--limit', '100', '--json']);
    for (const { stdout } of [imported, listed, audited]) expect(stdout).not.toMatch(harmfulCharacters);
    const changes = imported.stdout.trimEnd().split('\n').slice(0, -1);
    const { users } = listed.json as { users: { username: string; firstName: string }[] };
    const { events } = audited.json as { events: { action: string; target: string }[] };
    const names = [
      changes.map((line) => (JSON.parse(line) as { username: string }).username),
      users.map(({ firstName }) => firstName),
      events.flatMap(({ action, target }) => (action === 'user.added' ? [target] : [])),
    ];
    for (const found of names) expect(found.sort()).toEqual([...hostileTexts].sort());
  });

  test('are no formulas in an exported table, which comes back unchanged', async () => {
    const core = coreOfFake(server);
    await importPeople(core);
    const { stdout } = await runCommand(core.folder, ['users', 'export', '--format', 'csv']);
    expect(stdout).not.toMatch(/(^|[,"\n])[=+\-@]/);
    const back = await runCommand(
      core.folder,
      ['users', 'import-csv', '-', '--update', '--dry-run', '--json'],
      stdout,
    );
    expect(back.exitCode).toBe(0);
    expect(JSON.parse(back.stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      import: { counts: { unchanged: hostileTexts.length, updated: 0, added: 0, failed: 0 } },
    });
  });

  test('make no reason longer than a reader can bear', async () => {
    const core = coreOfFake(server);
    await importPeople(core);
    const reasons = core.runs.changes(1).map(({ reason }) => reason ?? '');
    expect(reasons.every((reason) => reason.includes('the mobile phone was not taken over'))).toBe(true);
    expect(Math.max(...reasons.map((reason) => reason.length))).toBeLessThan(200);
  });

  test('have usernames that differ as keys, so that the tests above mean what they say', () => {
    expect(new Set(hostileTexts.map(usernameKey)).size).toBe(hostileTexts.length);
  });
});

function hostilePerson(text: string, index: number) {
  return fakePerson(
    index,
    { sAMAccountName: text, givenName: text, sn: text, mail: text, description: text, mobile: text },
    `CN=${escapeDnValue(text)},${fakeStaffDn}`,
  );
}

function importPeople(core: TemporaryCore, ...args: string[]) {
  return runCommand(core.folder, ['import', '--container', fakeStaffDn, ...args, '--json']);
}
