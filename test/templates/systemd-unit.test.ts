import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { describeWithServer } from '../servers/require-server.ts';

const template = new URL('../../templates/systemd/mfa-console.service', import.meta.url);
const systemd = { name: 'systemd', programs: ['systemd-analyze'], packages: ['systemd'] };

/** The unit with programs that exist on this machine. */
function installedUnit(): string {
  const text = readFileSync(template, 'utf8').replace(
    /^ExecStart=\S+ \S+/m,
    `ExecStart=${process.execPath} x.js`,
  );
  const file = join(temporaryFolder(), 'mfa-console.service');
  writeFileSync(file, text);
  return file;
}

const analyze = async (...args: string[]) => {
  const { stdout, stderr } = await promisify(execFile)('systemd-analyze', args);
  return stdout + stderr;
};

describeWithServer('the unit for systemd', systemd, () => {
  test('has no mistakes that systemd finds', async () => {
    expect(await analyze('verify', installedUnit())).not.toContain('mfa-console.service');
  });

  test('leaves the service little that an intruder could use', async () => {
    const report = await analyze(
      'security',
      '--offline=yes',
      '--threshold=20',
      '--no-pager',
      installedUnit(),
    );
    expect(report).toMatch(/Overall exposure level for mfa-console\.service: [01]\.\d/);
  });
});
