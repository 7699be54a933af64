import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type PtyProgram, startInPty } from '../screens/helpers/pty.ts';
import { describeWithServer, sambaServer } from '../servers/require-server.ts';
import { type DomainController, startDomainController } from '../servers/samba.ts';
import { builtProgram, type Installation, newInstallation } from './helpers/installation.ts';

const up = '\x1b[A';
const down = '\x1b[B';
const right = '\x1b[C';
const esc = '\x1b';
let program: PtyProgram | undefined;

afterEach(() => program?.dispose());

function start(mfa: Installation): PtyProgram {
  program = startInPty([process.execPath, builtProgram, '--data', mfa.folder]);
  return program;
}

/** Puts the cursor of the tree on a container, wherever it is, and marks it. */
async function markContainer(console: PtyProgram, name: string): Promise<void> {
  const isSettled = (text: string) => text.includes('Whom: ') && !text.includes('Stop reading');
  // The pane beside the tree changes by itself while people are read.
  const chosen = (text: string) =>
    text
      .split('\n')
      .find((line) => line.startsWith('>'))
      ?.slice(0, 30);
  let text = await console.waitFor((now) => now.includes(name) && isSettled(now));
  while (!chosen(text)?.includes(name)) {
    const before = chosen(text);
    console.write(down);
    text = await console.waitFor((now) => chosen(now) !== before && isSettled(now));
  }
  console.write(' ');
}

describe.skipIf(process.platform === 'win32')('on an empty machine the console', () => {
  test('leads from the choice of the sample directory to its people, and logs what was done', async () => {
    const mfa = newInstallation();
    const console = start(mfa);
    await console.waitFor('Where are your users?');
    console.write(`${down}${down}\r`);
    await console.waitFor('all is well');
    console.write('\r');
    await console.waitFor('Users > Import from the sample directory');
    await console.waitFor('Finance');
    console.write('\x1b');
    await console.waitFor('There are no users yet');
    console.write('a');
    await console.waitFor('New user');
    console.write('ada\x13');
    await console.waitFor('ada is added.');
    console.write('\x1b');
    await console.waitFor('Esc Back');
    console.write('q');
    await console.waitFor(/> {4}ada /);
    console.write(':logging\r');
    const log = await console.waitFor('user.added');
    expect(log).toMatch(/> {4}\S+ +\S+ +user\.added +ada +success/);
    expect(log).toMatch(/directory\.chan\S+ +sample +success/);
    console.write('v');
    await console.waitFor('The audit log is intact: 2 events.');
    console.write('\x1b\x1b');
    await console.waitFor('[Audit events]');
    console.write('q');
    await console.waitFor('left 0');
  });
});

describeWithServer('with a domain controller the console', sambaServer, () => {
  let controller: DomainController;

  beforeAll(async () => {
    controller = await startDomainController();
    await controller.content.users(await controller.content.organizationalUnit('Sales'), 3);
  });

  afterAll(() => controller?.stop());

  test('tells what is amiss with the connection, connects, and imports an OU after a preview', async () => {
    const { administrator, host, caFile, baseDn } = controller;
    const mfa = newInstallation();
    const console = start(mfa);
    await console.waitFor('Where are your users?');

    // The certificate of an authority that nobody here knows.
    console.write(
      `\r${host}${down}${down}${down}${administrator.userPrincipalName}${down}wrong password${down}\r`,
    );
    await console.waitFor('1 check failed');
    await console.waitFor(/FAIL +TLS/);

    // Trusted, but with another password.
    console.write(esc);
    await console.waitFor('step 2 of 3');
    await console.waitFor('Trusted CAs');
    console.write(`${up}${up}${up}${right}`);
    await console.waitFor('CA file');
    console.write(`${down}${caFile}${down}${down}${down}\r`);
    expect(await console.waitFor('FAIL  Bind')).toMatch(/does not\s+exist, or its password is another\./);
    expect(console.text()).toContain('enter the password again');

    console.write(esc);
    await console.waitFor('step 2 of 3');
    console.write(`${up}\x15${administrator.password}${down}\r`);
    await console.waitFor('all is well');
    console.write('\r');
    await console.waitFor('Active Directory: saved.');
    const { directory } = await mfa.json<{ directory: object }>('directory', 'show');
    expect(directory).toMatchObject({ type: 'activeDirectory', baseDn, hasBindPassword: true });
    expect(console.written()).not.toContain(administrator.password);

    await console.waitFor('Users > Import from Active Directory');
    await markContainer(console, 'OU=Sales');
    await console.waitFor('Whom: 1 marked container (3 users)');
    console.write('p');
    await console.waitFor('preview, nothing is written yet');
    await console.waitFor('add 3');
    expect((await mfa.json<{ users: unknown[] }>('users', 'list')).users).toEqual([]);
    console.write('i');
    await console.waitFor('Add 3 users?');
    console.write(`${right}\r`);
    await console.waitFor('3 users written.');

    console.write(esc);
    await console.waitFor('[Containers]');
    console.write(esc);
    await console.waitFor('By username');
    console.write('/bob');
    await console.waitFor('1 of 3');
    await console.waitFor(/> {4}user00001@\S+ +Bob Adams/);
    console.write(esc);
    await console.waitFor('By username');
    console.write('q');
    await console.waitFor('left 0');
  });
});
