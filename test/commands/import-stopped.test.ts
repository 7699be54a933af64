import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { coreOfFake } from '../helpers/connected-core.ts';
import { fakePeople, fakeStaff, fakeStaffDn } from '../helpers/fake-entries.ts';
import { runCommand, spawnCommand } from '../helpers/run-command.ts';
import { startFakeLdap } from '../servers/fake-ldap.ts';

const people = 1700;
const committed = 1000;
const commandLine = ['import', '--container', fakeStaffDn, '--changes', '--json'];

test.each(['SIGINT', 'SIGTERM'] as const)(
  'an import that gets %s while it waits for the directory ends at once, and --resume does the rest',
  async (signal) => {
    const { server, core, child, lines } = await waitingImport();
    child.kill(signal);
    const [[exitCode]] = await Promise.all([once(child, 'close'), text(child.stderr)]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      run: { id: 1, state: 'cancelled', counts: { read: committed, added: committed }, error: null },
    });

    server.state.faults = {};
    const rest = await runCommand(core.folder, ['import', '--resume', '1', '--json']);
    expect(rest).toMatchObject({
      exitCode: 0,
      json: {
        run: {
          state: 'completed',
          resumes: 1,
          counts: { read: people, added: people - committed, unchanged: committed, conflicts: 0 },
          selection: { scope: 'container', dn: fakeStaffDn },
        },
      },
    });
  },
);

test('an import that is killed is seen as interrupted, and --resume takes over at once', async () => {
  const { server, core, child } = await waitingImport();
  child.kill('SIGKILL');
  await once(child, 'close');
  expect((await runCommand(core.folder, ['runs', 'list', '--json'])).json).toMatchObject({
    runs: [{ id: 1, state: 'interrupted', counts: { added: committed } }],
  });
  const { stdout } = await runCommand(core.folder, ['runs', 'show', '1']);
  expect(stdout).toContain('"mfa-console import --resume 1" does the rest');

  server.state.faults = {};
  const rest = await runCommand(core.folder, ['import', '--resume', '1', '--json']);
  expect(rest.json).toMatchObject({ run: { state: 'completed', counts: { added: people - committed } } });
  expect(core.users.list({ exactTotal: true }).total).toBe(people);
});

/** An import that has committed its first batch and waits for a server that fell silent. */
async function waitingImport() {
  const server = await startFakeLdap({
    entries: [fakeStaff(), ...fakePeople(people)],
    faults: { stallAfter: 1250 },
  });
  onTestFinished(() => server.stop());
  const core = coreOfFake(server, { pageSize: 200 });
  const child = spawnCommand(core.folder, commandLine);
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      if (lines.length === committed) resolve();
    });
    child.once('close', () => reject(new Error(`It ended after ${lines.length} lines.`)));
  });
  return { server, core, child, lines };
}
