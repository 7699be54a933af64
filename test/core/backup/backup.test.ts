import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { verifyAudit } from '../../../src/core/audit/verify-audit.ts';
import { lastBackupDocument } from '../../../src/core/backup/last-backup.ts';
import { isEncryptedBackup, prepareRestore } from '../../../src/core/backup/prepare-restore.ts';
import {
  type BackupOptions,
  writeBackup as writeCostlyBackup,
} from '../../../src/core/backup/write-backup.ts';
import { type Core, openCore } from '../../../src/core/core.ts';
import { locateDataDirectory } from '../../../src/core/data-directory.ts';
import { Lease } from '../../../src/core/runs/lease.ts';
import { addMailUser, queueMail, readySettings } from '../../helpers/mail-users.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const passphrase = 'correct horse battery staple';
const clock = () => new Date('2026-03-01T08:00:00Z');

/** With a cost that is no protection, so that the tests are quick. */
function writeBackup(core: Core, file: string, options: BackupOptions) {
  return writeCostlyBackup(core, file, { ...options, cost: 1024 });
}

/** An installation with a sealed secret and some audit events. */
function installation(folder = temporaryFolder()) {
  const dataDirectory = locateDataDirectory(join(folder, 'data'), {});
  const core = openCore({ dataDirectory, clock, actor: 'admin@dc1' });
  onTestFinished(() => core.close());
  core.secrets.set('directory.bindPassword', 'swordfish');
  core.audit.appendAll(
    Array.from({ length: 500 }, (_, number) => ({ action: 'test.event', target: `${number}` })),
  );
  return { folder, dataDirectory, core, backup: join(folder, 'mfa.backup') };
}

function restore(file: string, core: Pick<Core, 'dataDirectory'>, secret: string | null = passphrase) {
  using prepared = prepareRestore(file, {
    dataDirectory: core.dataDirectory,
    clock,
    actor: 'admin@dc2',
    passphrase: secret,
  });
  return prepared.apply();
}

function elsewhere() {
  return { dataDirectory: locateDataDirectory(join(temporaryFolder(), 'data'), {}) };
}

describe('a backup with a passphrase', () => {
  it('brings everything to a new machine: data, secrets and an audit log that verifies', async () => {
    const { core, backup } = installation();
    const written = await writeBackup(core, backup, { passphrase });
    expect(written).toMatchObject({ file: backup, createdAt: '2026-03-01T08:00:00.000Z', isEncrypted: true });
    expect(written.bytes).toBe(statSync(backup).size);
    if (process.platform !== 'win32') expect(statSync(backup).mode & 0o777).toBe(0o600);
    const machine = elsewhere();
    expect(restore(backup, machine)).toEqual([]);
    const restored = openCore(machine);
    onTestFinished(() => restored.close());
    expect(restored.secrets.get('directory.bindPassword')).toBe('swordfish');
    expect(verifyAudit(restored.store, restored.audit.key)).toMatchObject({ ok: true, events: 501 });
    expect(readdirSync(machine.dataDirectory.path).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  it('sends no mail again that waited when it was made, because it may have been sent since', async () => {
    const { folder, core, backup } = installation();
    const outbox = temporaryCore({ folder: join(folder, 'data') });
    outbox.emailDelivery.save({ after: readySettings });
    const { id } = await queueMail(outbox, await addMailUser(outbox, 'ada'), { pin: '4711' });
    await writeBackup(core, backup, { passphrase });
    const machine = elsewhere();
    restore(backup, machine);
    const restored = openCore(machine);
    onTestFinished(() => restored.close());
    expect(restored.outbox.find(id)).toMatchObject({ state: 'inDoubt', whyCode: 'mail.inDoubt' });
    expect(restored.outbox.isDeliveryDue()).toBe(false);
    expect(verifyAudit(restored.store, restored.audit.key).ok).toBe(true);
    await restored.outbox.retry([id]);
    expect(restored.outbox.find(id)).toMatchObject({ state: 'queued', withPin: true });
  });

  it('does not show what is in it', async () => {
    const { core, backup } = installation();
    await writeBackup(core, backup, { passphrase });
    const bytes = readFileSync(backup);
    for (const text of [
      'swordfish',
      'SQLite format',
      readFileSync(core.dataDirectory.masterKey, 'utf8').trim(),
    ]) {
      expect(bytes.includes(text), text).toBe(false);
    }
  });

  it('is noted in the audit log and for the status', async () => {
    const { core, backup } = installation();
    await writeBackup(core, backup, { passphrase });
    expect(lastBackupDocument(core.store, clock, '').load()).toEqual({
      writtenAt: '2026-03-01T08:00:00.000Z',
      file: backup,
    });
    const event = core.store.prepare('SELECT * FROM audit_events ORDER BY sequence DESC').get();
    expect(event).toMatchObject({ action: 'backup.written', target: backup });
  });

  it('needs a passphrase of some length', async () => {
    const { core, backup } = installation();
    await expect(writeBackup(core, backup, { passphrase: 'short' })).rejects.toMatchObject({
      code: 'usage.invalid',
    });
    expect(existsSync(backup)).toBe(false);
  });
});

describe('a backup without key', () => {
  it('is restored where the master key is', async () => {
    const { core, dataDirectory, backup } = installation();
    await writeBackup(core, backup, { passphrase: null });
    expect(isEncryptedBackup(backup)).toBe(false);
    expect(readFileSync(backup).includes('swordfish')).toBe(false);
    core.close();
    expect(restore(backup, { dataDirectory }, null)).toHaveLength(1);
    const restored = openCore({ dataDirectory });
    onTestFinished(() => restored.close());
    expect(restored.secrets.get('directory.bindPassword')).toBe('swordfish');
  });

  it('is refused where another master key is, or none', async () => {
    const { core, backup } = installation();
    await writeBackup(core, backup, { passphrase: null });
    const other = installation();
    other.core.close();
    expect(() => restore(backup, other, null)).toThrowError(
      expect.objectContaining({ code: 'masterKey.wrong' }),
    );
    expect(() => restore(backup, elsewhere(), null)).toThrowError(
      expect.objectContaining({ code: 'masterKey.missing' }),
    );
  });
});

describe('writing a backup', () => {
  it('keeps a file that exists, unless told to replace it', async () => {
    const { core, backup } = installation();
    writeFileSync(backup, 'precious');
    await expect(writeBackup(core, backup, { passphrase })).rejects.toMatchObject({ code: 'backup.exists' });
    expect(readFileSync(backup, 'utf8')).toBe('precious');
    await writeBackup(core, backup, { passphrase, replace: true });
    expect(isEncryptedBackup(backup)).toBe(true);
  });

  it('leaves nothing behind when it fails or is only simulated', async () => {
    const { core, folder, backup, dataDirectory } = installation();
    await writeBackup(core, backup, { passphrase, dryRun: true });
    const missing = join(folder, 'missing', 'mfa.backup');
    await expect(writeBackup(core, missing, { passphrase })).rejects.toMatchObject({
      code: 'file.unwritable',
    });
    rmSync(dataDirectory.masterKey);
    await expect(writeBackup(core, backup, { passphrase })).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['data']);
    expect(readdirSync(dataDirectory.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('takes one moment while another process goes on writing', async () => {
    const { core, dataDirectory, backup } = installation();
    const script = fileURLToPath(new URL('../../helpers/append-events.ts', import.meta.url));
    const writer = spawn(process.execPath, [script, dataDirectory.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(writer, 'close');
    try {
      await once(writer.stdout, 'data');
      for (const name of [backup, `${backup}.second`]) await writeBackup(core, name, { passphrase });
    } finally {
      writer.kill('SIGKILL');
      await ended;
    }
    for (const name of [backup, `${backup}.second`]) {
      using prepared = prepareRestore(name, { ...elsewhere(), clock, actor: 'x', passphrase });
      expect(prepared.facts.file).toBe(name);
    }
  });
});

describe('restoring', () => {
  it('goes back to the moment of the backup, says so in the log, and keeps what was there', async () => {
    const { core, dataDirectory, backup } = installation();
    await writeBackup(core, backup, { passphrase });
    core.secrets.set('directory.bindPassword', 'changed later');
    core.close();
    const [kept = ''] = restore(backup, { dataDirectory });
    expect(kept).toBe(`${dataDirectory.database}.before-restore-20260301T080000000Z`);
    const restored = openCore({ dataDirectory });
    onTestFinished(() => restored.close());
    expect(restored.secrets.get('directory.bindPassword')).toBe('swordfish');
    expect(verifyAudit(restored.store, restored.audit.key).ok).toBe(true);
    const event = restored.store.prepare('SELECT * FROM audit_events ORDER BY sequence DESC').get();
    expect(event).toMatchObject({ action: 'backup.restored', actor: 'admin@dc2', target: backup });
    const old = new Database(kept, { readonly: true });
    expect(old.prepare('SELECT count(*) FROM audit_events').pluck().get()).toBe(501);
    old.close();
  });

  it('keeps the master key that it replaces', async () => {
    const { core, backup } = installation();
    await writeBackup(core, backup, { passphrase });
    const other = installation();
    other.core.close();
    const key = readFileSync(other.dataDirectory.masterKey, 'utf8');
    const kept = restore(backup, other);
    expect(kept).toHaveLength(2);
    expect(readFileSync(kept[0] ?? '', 'utf8')).toBe(key);
  });

  it('mends an installation whose database is damaged', async () => {
    const { core, dataDirectory, backup } = installation();
    await writeBackup(core, backup, { passphrase });
    core.close();
    writeFileSync(dataDirectory.database, 'this is no database');
    writeFileSync(`${dataDirectory.database}-wal`, 'left behind');
    restore(backup, { dataDirectory });
    const restored = openCore({ dataDirectory });
    onTestFinished(() => restored.close());
    expect(restored.store.integrityErrors()).toEqual([]);
  });

  it('is refused while another process is at work or has the data open', async () => {
    const { core, dataDirectory, backup } = installation();
    await writeBackup(core, backup, { passphrase });
    expect(() => restore(backup, { dataDirectory })).toThrowError(
      expect.objectContaining({ code: 'store.busy' }),
    );
    const lease = Lease.acquire(core.store, () => new Date(), 'write', 'admin@dc1', 'import');
    const now = () => new Date();
    using prepared = prepareRestore(backup, { dataDirectory, clock: now, actor: 'x', passphrase });
    expect(() => prepared.apply()).toThrowError(expect.objectContaining({ code: 'run.inProgress' }));
    lease.release();
    expect(core.secrets.get('directory.bindPassword')).toBe('swordfish');
  });
});

describe('a backup that is not as it was written is refused, and nothing is replaced', () => {
  it('with the wrong passphrase, or none', async () => {
    const { core, dataDirectory, backup } = installation();
    await writeBackup(core, backup, { passphrase });
    const before = readFileSync(dataDirectory.database);
    expect(() => restore(backup, core, 'another passphrase')).toThrowError(/passphrase does not open/);
    expect(() => restore(backup, core, null)).toThrowError(
      expect.objectContaining({ code: 'usage.invalid' }),
    );
    expect(readFileSync(dataDirectory.database).equals(before)).toBe(true);
  });

  it.each([
    ['encrypted', passphrase],
    ['plain', null],
  ])('cut off anywhere (%s)', async (_, secret) => {
    const { core, backup } = installation();
    const { bytes } = await writeBackup(core, backup, { passphrase: secret });
    const whole = readFileSync(backup);
    for (const length of [0, 10, 200, 65_536, bytes - 65_552, bytes - 17, bytes - 1]) {
      writeFileSync(backup, whole.subarray(0, length));
      expect(() => restore(backup, elsewhere(), secret), `${length} of ${bytes}`).toThrowError(
        expect.objectContaining({ code: 'backup.invalid' }),
      );
    }
  });

  it.each([
    ['encrypted', passphrase],
    ['plain', null],
  ])('with one bit changed anywhere (%s)', async (_, secret) => {
    const { core, backup } = installation();
    const { bytes } = await writeBackup(core, backup, { passphrase: secret });
    const whole = readFileSync(backup);
    const header = whole.indexOf('\n');
    for (const place of [0, header, header + 5, header + 300, 70_000, bytes - 20_000, bytes - 1]) {
      const changed = Buffer.from(whole);
      changed[place] = (changed[place] ?? 0) ^ 1;
      writeFileSync(backup, changed);
      expect(() => restore(backup, elsewhere(), secret), `byte ${place}`).toThrowError(
        expect.objectContaining({ code: 'backup.invalid' }),
      );
    }
  });

  it('with something behind its end', async () => {
    const { core, backup } = installation();
    for (const secret of [passphrase, null]) {
      await writeBackup(core, backup, { passphrase: secret, replace: true });
      writeFileSync(backup, Buffer.concat([readFileSync(backup), Buffer.from('more')]));
      expect(() => restore(backup, elsewhere(), secret)).toThrowError(
        expect.objectContaining({ code: 'backup.invalid' }),
      );
    }
  });

  it('when the audit log in it does not verify', async () => {
    const { core, backup } = installation();
    core.store.prepare("UPDATE audit_events SET actor = 'eve' WHERE sequence = 7").run();
    await writeBackup(core, backup, { passphrase });
    expect(() => restore(backup, elsewhere())).toThrowError(/broken at event 7/);
  });
});
