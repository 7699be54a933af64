import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { fakeBaseDn, fakePeople, fakeStaff } from '../helpers/fake-entries.ts';
import { type PtyProgram, startInPty } from '../screens/helpers/pty.ts';
import { type FakeLdap, startFakeLdap } from '../servers/fake-ldap.ts';
import { connectToFake } from './helpers/fake-directory.ts';
import { builtProgram, type Installation, newInstallation } from './helpers/installation.ts';

const down = '\x1b[B';
const right = '\x1b[C';
const esc = '\x1b';
const domain = { dn: fakeBaseDn, attributes: { objectClass: ['top', 'domainDNS'] } };
let program: PtyProgram | undefined;

afterEach(() => program?.dispose());

/** The console with the import screen open. */
async function openImport(mfa: Installation, size = { columns: 80, rows: 24 }): Promise<PtyProgram> {
  program = startInPty([process.execPath, builtProgram, '--data', mfa.folder], size);
  await program.waitFor(/1 Status/);
  program.write('2');
  await program.waitFor('Users');
  program.write('i');
  await program.waitFor('[Containers]');
  return program;
}

async function waitUntilSettled(console: PtyProgram): Promise<void> {
  await console.waitFor((text) => text.includes('Whom: ') && !text.includes('Stop reading'));
}

async function startSlowDirectory(): Promise<FakeLdap> {
  const staff = fakeStaff({ name: 'Staff', objectGUID: Buffer.alloc(16, 7) });
  const server = await startFakeLdap({ entries: [domain, staff, ...fakePeople(3000)] });
  onTestFinished(() => server.stop());
  return server;
}

/** Imports everybody, without a preview, from a server that falls silent on the way. */
async function importUntilItStalls(console: PtyProgram, server: FakeLdap): Promise<void> {
  await console.waitFor('(3,000 users)');
  server.state.faults = { stallAfter: 2100 };
  console.write('\r');
  await console.waitFor('Preview first');
  console.write(`${right}\r`);
  await console.waitFor(/[12],000 of 3,000/);
}

describe.skipIf(process.platform === 'win32')('the built console', () => {
  test('imports an OU of the sample directory: mark, preview, import, find a person among the users', async () => {
    const mfa = newInstallation();
    await mfa.json('directory', 'set', '--type', 'sample');
    const console = await openImport(mfa);
    await console.waitFor('OU=Engineering');
    await waitUntilSettled(console);
    console.write(`${down.repeat(4)} `);
    await console.waitFor('Whom: 1 marked container (123 users)');
    console.write('p');
    await console.waitFor('preview, nothing is written yet');
    await console.waitFor('add 123');
    console.write('i');
    await console.waitFor('Add 123 users?');
    console.write(`${right}\r`);
    await console.waitFor('123 users written.');
    console.write(esc);
    await console.waitFor('= imported');
    console.write(esc);
    await console.waitFor('By username');
    console.write('/jyoung2');
    await console.waitFor(/> {4}jyoung2@corp\.contoso\.test +Jack Young/);
    console.write(`${esc}q`);
    await console.waitFor('left 0');
    const { users } = await mfa.json<{ users: unknown[] }>('users', 'list', '--limit', '500');
    expect(users).toHaveLength(123);
  });

  test('stops an import from a directory that has fallen silent, and continues it', async () => {
    const server = await startSlowDirectory();
    const mfa = await connectToFake(newInstallation(), server);
    const console = await openImport(mfa);
    await importUntilItStalls(console, server);
    // It goes on drawing: a key is answered while the import waits.
    console.write(']');
    await console.waitFor('[added ');
    console.write(esc);
    await console.waitFor('Stop after this batch');
    console.write(`${right}\r`);
    await console.waitFor('c continues with the rest.');
    server.state.faults = {};
    console.write('c');
    await console.waitFor('Report: mfa-console runs show 2');
    const { run } = await mfa.json<{ run: object }>('runs', 'show', '2');
    expect(run).toMatchObject({ state: 'completed', resumes: 1, counts: { read: 3000, failed: 0 } });
  });

  test('that is killed in an import leaves a run which the next console offers to continue', async () => {
    const server = await startSlowDirectory();
    const mfa = await connectToFake(newInstallation(), server);
    const killed = await openImport(mfa);
    await importUntilItStalls(killed, server);
    process.kill(killed.pid(), 'SIGKILL');
    await killed.waitFor('left 137');
    killed.dispose();
    server.state.faults = {};

    const console = await openImport(mfa, { columns: 120, rows: 40 });
    await console.waitFor(/Run 1 was interrupted after [12],000 users; c continues it/);
    console.write('c');
    await console.waitFor(/[12],000 users written/);
    console.write(esc);
    await console.waitFor((text) => text.includes('[Containers]') && !text.includes('c continues it'));
    const { users } = await mfa.json<{ users: unknown[] }>('users', 'list', '--limit', '5000');
    expect(users).toHaveLength(3000);
  });

  test('asks before it quits in an import, and stops it in order', async () => {
    const server = await startSlowDirectory();
    const mfa = await connectToFake(newInstallation(), server);
    const console = await openImport(mfa);
    await importUntilItStalls(console, server);
    console.write('\x03');
    await console.waitFor('Stop after this batch');
    console.write(`${right}\r`);
    await console.waitFor('c continues with the rest.');
    console.write('qqq');
    await console.waitFor('left 0');
    const { run } = await mfa.json<{ run: object }>('runs', 'show', '1');
    expect(run).toMatchObject({ state: 'cancelled' });
  });
});
