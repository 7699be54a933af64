import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connect, coreOfFake } from '../helpers/connected-core.ts';
import { fakePeople, fakeStaff, fakeStaffDn } from '../helpers/fake-entries.ts';
import { runCommand } from '../helpers/run-command.ts';
import { startFakeLdap } from '../servers/fake-ldap.ts';
import { bindRefusals } from '../servers/fake-ldap-state.ts';

const bindPassword = 'Bind-with-me-8271';
const pin = '90471625';
/** What every argon2id hash begins with. */
const pinHash = '$argon2';
const everybody = ['--container', fakeStaffDn];

test('the bind password and PINs are in no output, log, export or error of an import, nor in a file', async () => {
  const server = await startFakeLdap({ entries: [fakeStaff(), ...fakePeople(3)] });
  onTestFinished(() => server.stop());
  const core = coreOfFake(server);
  connect(core, core.directorySettings.load(), bindPassword);
  const said: string[] = [];
  const run = async (exitCode: number, ...args: string[]) => {
    const result = await runCommand(core.folder, args);
    expect(result.exitCode, args.join(' ')).toBe(exitCode);
    said.push(result.stdout, result.stderr);
  };

  await run(0, 'import', ...everybody, '--changes');
  await core.users.setPin(['user0', 'user1'], { pin });
  const [renamed, ...others] = fakePeople(3);
  server.state.entries = [
    fakeStaff(),
    { dn: renamed?.dn ?? '', attributes: { ...renamed?.attributes, givenName: 'New' } },
    ...others,
  ];
  await run(0, 'import', ...everybody, '--update', '--changes', '--json');
  expect(core.users.find('user0')).toMatchObject({ firstName: 'New', hasPin: true });
  await run(0, 'runs', 'show', '2', '--changes', '--json');
  for (const format of ['csv', 'json']) await run(0, 'users', 'export', '--format', format);
  await run(0, 'users', 'show', 'user0', '--json');
  await run(0, 'audit', 'list', '--json');
  await run(0, 'directory', 'show', '--json');
  server.state.faults = { searchResult: { code: 1, message: 'broken' } };
  await run(1, 'import', ...everybody, '--json');
  server.state.faults = { bind: bindRefusals.wrongPassword };
  await run(1, 'import', ...everybody);

  expect(server.requests).toContainEqual(
    expect.objectContaining({ operation: 'bind', password: bindPassword }),
  );
  const spoken = said.join('\n');
  for (const secret of [bindPassword, pin, pinHash]) expect(spoken).not.toContain(secret);
  for (const name of readdirSync(core.folder)) {
    const content = readFileSync(join(core.folder, name));
    for (const secret of [bindPassword, pin]) expect(content.includes(secret), name).toBe(false);
  }
});
