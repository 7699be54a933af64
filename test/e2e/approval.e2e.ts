import { afterEach, describe, expect, test } from 'vitest';
import { fakeBaseDn, fakePeople, fakeStaff, fakeStaffDn } from '../helpers/fake-entries.ts';
import type { PtyProgram } from '../screens/helpers/pty.ts';
import { type FakeLdap, startFakeLdap } from '../servers/fake-ldap.ts';
import { startConsole } from './helpers/console-in-terminal.ts';
import { connectToFake } from './helpers/fake-directory.ts';
import { type Installation, newInstallation } from './helpers/installation.ts';

const domain = { dn: fakeBaseDn, attributes: { objectClass: ['top', 'domainDNS'] } };
const staff = fakeStaff({ name: 'Staff', objectGUID: Buffer.alloc(16, 0xf0) });
const right = '\x1b[C';

const opened: { dispose?: () => void; stop?: () => Promise<void> }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0).reverse()) {
    one.dispose?.();
    await one.stop?.();
  }
});

/** An item over people of a directory in this process. */
async function openDirectory(people: number): Promise<{ mfa: Installation; server: FakeLdap }> {
  const server = await startFakeLdap({ entries: [domain, staff, ...fakePeople(people)] });
  opened.push(server);
  const mfa = newInstallation();
  await connectToFake(mfa, server);
  const leavers = ['--leavers', 'disable', '--enable', 'always'];
  await mfa.json('sync', 'items', 'add', 'Staff', '--container', fakeStaffDn, ...leavers);
  return { mfa, server };
}

function openConsole(mfa: Installation): PtyProgram {
  const console = startConsole(mfa);
  opened.push(console);
  return console;
}

async function countDisabled(mfa: Installation): Promise<number> {
  const { users } = await mfa.json<{ users: unknown[] }>('users', 'list', '--filter', 'state:disabled');
  return users.length;
}

describe.skipIf(process.platform === 'win32')('approval', () => {
  test('46 leavers wait; a part of them is approved after a look, the rest is rejected', async () => {
    const { mfa, server } = await openDirectory(60);
    await mfa.json('sync', 'run');
    server.state.entries = [domain, staff, ...fakePeople(60).slice(46)];
    expect((await mfa.run('sync', 'run')).exitCode).toBe(3);
    expect(await countDisabled(mfa)).toBe(0);

    const console = openConsole(mfa);
    await console.waitFor('Data directory');
    console.write('5');
    await console.waitFor('[Settings]');
    console.write(']]]');
    await console.waitFor('Run 2 waits for approval: it would disable 46 users (limit 5). Enter to look');
    console.write('\r');
    await console.waitFor('[All 46]');
    await console.waitFor(/user0 +disable/);
    console.write('\r');
    await console.waitFor('Found as before for the last time');
    console.write('\x1b');
    await console.waitFor((text) => !text.includes('Found as before'));
    console.write('/user1\r');
    await console.waitFor('11 of 46');
    console.write('a');
    await console.waitFor('11 marked');
    console.write('A');
    await console.waitFor('Approve that run 2 may disable 11 users?');
    console.write('11\r');
    await console.waitFor('approved changes are done');
    await console.waitFor('disabled 11');
    console.write('\x1b');
    await console.waitFor('would disable 35 users');
    console.write('R');
    await console.waitFor('Reject what run 2 still holds of 35 users?');
    console.write(`${right}\r`);
    await console.waitFor('What run 2 holds is rejected.');
    expect(await countDisabled(mfa)).toBe(11);
    expect(await mfa.json('sync', 'runs', '2')).toMatchObject({ run: { state: 'rejected' } });
  });

  test('what is true no more is not done, and the run of the approval says of whom', async () => {
    const { mfa, server } = await openDirectory(20);
    await mfa.json('sync', 'run');
    server.state.entries = [domain, staff, ...fakePeople(20).slice(8)];
    expect((await mfa.run('sync', 'run')).exitCode).toBe(3);
    const console = openConsole(mfa);
    await console.waitFor('Run 2 ');
    server.state.entries = [domain, staff, ...fakePeople(20).slice(3)];
    console.write('6');
    await console.waitFor('[Audit events]');
    console.write(']');
    await console.waitFor(/> +2 /);
    console.write('\r');
    await console.waitFor('[held 8 !]');
    console.write('A');
    await console.waitFor('[All 8]');
    console.write('A');
    await console.waitFor('Approve that run 2 may disable 8 users?');
    console.write('8\r');
    await console.waitFor('skipped 5');
    await console.waitFor('approved changes are done');
    expect(await countDisabled(mfa)).toBe(3);
  });
});

describe.skipIf(process.platform === 'win32')('a synchronization of a command', () => {
  test('is followed in the console, shown as interrupted when it is killed, and done again', async () => {
    const { mfa, server } = await openDirectory(3000);
    server.state.faults = { stallAfter: 1500 };
    const console = openConsole(mfa);
    await console.waitFor('Data directory');
    console.write('5');
    await console.waitFor('[Settings]');
    console.write(']]]');
    await console.waitFor(/\[Synchronization\][\s\S]*> +1 /);
    const command = mfa.start('sync', 'run');
    opened.push({ dispose: () => command.kill('SIGKILL') });
    await console.waitFor(/Run 1 by .*: 1,000 read, 1,000 added, \d+ s/);
    console.write('h');
    await console.waitFor(/> +1 .*running/);
    console.write('\r');
    await console.waitFor(/> Run 1[\s\S]*synchronizing[\s\S]*added 1,000/);
    command.kill('SIGKILL');
    await console.waitFor('interrupted');
    console.write('\x1b');
    await console.waitFor(/> Runs[\s\S]*Newest first/);
    server.state.faults = {};
    expect(await mfa.json('sync', 'run')).toMatchObject({
      run: { counts: { added: 2000, unchanged: 1000 } },
    });
    console.write('r');
    await console.waitFor(/ 2 .*completed +3,000 +2,000/);
  });
});
