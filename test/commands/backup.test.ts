import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../helpers/run-command.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

function places() {
  const folder = temporaryFolder();
  const passphrase = join(folder, 'passphrase');
  writeFileSync(passphrase, 'correct horse battery staple\n');
  return { data: join(folder, 'data'), backup: join(folder, 'mfa.backup'), passphrase };
}

describe('backup and restore', () => {
  it('bring the data to another data directory', async () => {
    const { data, backup, passphrase } = places();
    const written = await runCommand(data, ['backup', backup, '--passphrase-file', passphrase, '--json']);
    expect(written.json).toEqual({
      backup: {
        file: backup,
        createdAt: expect.any(String),
        encrypted: true,
        bytes: statSync(backup).size,
        dryRun: false,
      },
    });
    const other = `${data}2`;
    const secret = readFileSync(passphrase, 'utf8');
    const restored = await runCommand(
      other,
      ['restore', backup, '--passphrase-file', '-', '--yes', '--json'],
      secret,
    );
    expect(restored.json).toMatchObject({ restore: { file: backup, users: 0, dryRun: false, replaced: [] } });
    expect((await runCommand(other, ['audit', 'verify'])).exitCode).toBe(0);
  });

  it('ask before they replace anything, and --dry-run only checks', async () => {
    const { data, backup } = places();
    await runCommand(data, ['backup', backup, '--without-key']);
    const again = await runCommand(data, ['backup', backup, '--without-key', '--json']);
    expect(again.exitCode).toBe(5);
    expect(again.json).toMatchObject({ error: { code: 'backup.exists' } });
    const asked = await runCommand(data, ['restore', backup]);
    expect(asked.exitCode).toBe(2);
    expect(asked.stderr).toContain('confirmation');
    const checked = await runCommand(data, ['restore', backup, '--dry-run']);
    expect(checked.exitCode).toBe(0);
    expect(checked.stdout).toContain('Would restore');
  });

  it('refuse a backup without saying whether the key belongs to it', async () => {
    const { data, backup, passphrase } = places();
    for (const options of [[], ['--without-key', '--passphrase-file', passphrase]]) {
      const { exitCode, stderr } = await runCommand(data, ['backup', backup, ...options]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('either --passphrase-file or --without-key');
    }
    expect(existsSync(backup)).toBe(false);
  });

  it('say that a backup is encrypted when the passphrase is missing', async () => {
    const { data, backup, passphrase } = places();
    await runCommand(data, ['backup', backup, '--passphrase-file', passphrase]);
    const { exitCode, stderr } = await runCommand(data, ['restore', backup, '--yes']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is encrypted');
  });
});
