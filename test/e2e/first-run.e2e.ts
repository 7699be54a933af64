import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type PtyProgram, startInPty } from '../screens/helpers/pty.ts';
import { describeWithServer, sambaServer } from '../servers/require-server.ts';
import { type DomainController, startDomainController } from '../servers/samba.ts';
import { builtProgram, type Installation, newInstallation } from './helpers/installation.ts';

const down = '\x1b[B';
const right = '\x1b[C';
let program: PtyProgram | undefined;

afterEach(() => program?.dispose());

function start(mfa: Installation): PtyProgram {
  program = startInPty([process.execPath, builtProgram, '--data', mfa.folder]);
  return program;
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

  test('says which password is wrong, and connects with the right one', async () => {
    const { administrator, host, caFile, baseDn } = controller;
    const mfa = newInstallation();
    const console = start(mfa);
    await console.waitFor('Where are your users?');
    const account = `${administrator.userPrincipalName}${down}wrong password`;
    console.write(`\r${host}${down}${down}${right}${down}${caFile}${down}${account}${down}\r`);
    await console.waitFor('1 check failed');
    expect(await console.waitFor('FAIL  Bind')).toMatch(/does not\s+exist, or its password is another\./);
    expect(console.text()).toContain('enter the password again');
    console.write('\x1b');
    await console.waitFor('step 2 of 3');
    console.write(`\x1b[A\x15${administrator.password}${down}\r`);
    await console.waitFor('all is well');
    console.write('\r');
    await console.waitFor('Active Directory: saved.');
    const { directory } = await mfa.json<{ directory: object }>('directory', 'show');
    expect(directory).toMatchObject({ type: 'activeDirectory', baseDn, hasBindPassword: true });
    expect(console.written()).not.toContain(administrator.password);
  });
});
