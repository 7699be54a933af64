import { describe, expect, test } from 'vitest';
import { describeWithServer, openLdapServer } from '../servers/require-server.ts';
import { connectedDirectory } from './helpers/connected-directory.ts';
import {
  onSmallFileSystem,
  type SmallDisk,
  whyNoSmallFileSystem,
  withSmallFiles,
} from './helpers/small-disk.ts';
import { soundUserCount } from './helpers/stored-users.ts';

const people = 8000;
const megabytes = 4;
const leftOut = whyNoSmallFileSystem();

describeWithServer('an import that fills the disk', openLdapServer, () => {
  const directory = connectedDirectory(people);

  describe('of a full file system', leftOut === undefined ? {} : { skip: true, meta: { leftOut } }, () => {
    test('fails with what to do, and goes on when there is space again', async () => {
      const disk = onSmallFileSystem(directory.newInstallation(), megabytes);
      await importUntilFull(disk);
      expect(await disk.full.run('doctor')).toMatchObject({
        exitCode: 1,
        stdout: expect.stringMatching(/FAIL {2}Disk space: Only 0 MB.*\n {6}Free some space/),
      });
      await importTheRest(disk);
    });
  });

  test('up to the largest size of a file fails with what to do, and goes on when it may grow', async () => {
    const disk = withSmallFiles(directory.newInstallation(), megabytes);
    await importUntilFull(disk);
    await importTheRest(disk);
  });

  async function importUntilFull({ full }: SmallDisk): Promise<void> {
    const { exitCode, json, stderr } = await full.run('import', ...directory.everybody, '--json');
    expect(exitCode).toBe(1);
    expect(json).toMatchObject({ error: { code: 'store.full', message: stderr.trimEnd() } });
    expect(stderr).toMatch(/^The database \S+ could not be written: .*Free some space[^\n]+\n$/);
    // What was committed can be read without any space.
    const { total } = await full.json<{ total: number }>('users', 'list', '--limit', '1');
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThan(people);
    const [run] = (await full.json<{ runs: object[] }>('runs', 'list')).runs;
    // Interrupted when there was not even the space to write that it had failed.
    expect(run).toMatchObject({
      state: expect.stringMatching(/^(failed|interrupted)$/),
      counts: { added: total },
    });
    expect(await full.json('audit', 'verify')).toMatchObject({ ok: true });
  }

  async function importTheRest(disk: SmallDisk): Promise<void> {
    const mfa = disk.withSpace();
    const committed = await soundUserCount(mfa);
    const { run } = await mfa.json<{ run: object }>('import', ...directory.everybody);
    expect(run).toMatchObject({
      state: 'completed',
      counts: { added: people - committed, unchanged: committed },
    });
    expect(await soundUserCount(mfa)).toBe(people);
  }
});
