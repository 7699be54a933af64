import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { importRulesSchema } from '../../../src/core/import/import-rules.ts';
import { Lease } from '../../../src/core/runs/lease.ts';
import { noCounts, type Run } from '../../../src/core/runs/run.ts';
import { readStatus, type Status } from '../../../src/core/status/status.ts';
import type { Warning } from '../../../src/core/status/warnings.ts';
import { serviceLease } from '../../../src/core/sync/schedule/sync-schedule.ts';
import { sections } from '../../../src/screens/sections.ts';
import { reduceStatus, type StatusState, statusItems } from '../../../src/screens/status/state.ts';
import { readySettings } from '../../helpers/mail-users.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { openConsole } from '../helpers/console.tsx';

const now = new Date('2026-03-02T10:00:00.000Z');

function statusOf(changes: Partial<Status> = {}): Status {
  return { ...readStatus(temporaryCore()), ...changes };
}

/** With a user, and mail set up, so that nothing but a backup is missing. */
async function coreWithUser(): Promise<TemporaryCore> {
  const core = temporaryCore();
  core.emailDelivery.save({ after: readySettings });
  await core.users.add({ username: 'ada' });
  return core;
}

const sampleBaseDn = 'DC=corp,DC=contoso,DC=test';

describe('what the status screen tells', () => {
  test('is warnings first, then users by state, without states that nobody is in', () => {
    const users = { ...statusOf().users, total: 12_345, enabled: 12_344, lockedOut: 1 };
    const warning = { code: 'backup.missing', message: 'There is no backup yet.', command: 'x' } as const;
    const items = statusItems(statusOf({ users, warnings: [warning] }), now, null);
    expect(items.slice(0, 4).map(({ label, lines }) => [label.trim(), lines[0]])).toEqual([
      ['Warnings', 'There is no backup yet.'],
      ['Users', '12,345'],
      ['enabled', '12,344'],
      ['locked out', '1'],
    ]);
  });

  test('is of a run what it changed and how it ended', () => {
    const counts = { read: 5, added: 1, updated: 0, unchanged: 0, skipped: 1, conflicts: 3, failed: 0 };
    const lastRun = { id: 7, purpose: 'import', state: 'failed', startedAt: now.toISOString(), counts };
    const items = statusItems(statusOf({ lastRun: lastRun as Run }), now, null);
    const run = items.find(({ id }) => id === 'run');
    expect(run).toMatchObject({ token: 'warning' });
    expect(run?.lines[0]).toMatch(/^import 7, failed, \d\d:\d\d$/);
    expect(run?.lines[1]).toBe('1 added, 1 skipped, 3 conflicts');
  });

  test('keeps the cursor on its item when others come before it', () => {
    const before = statusItems(statusOf(), now, null);
    const at = before.findIndex(({ id }) => id === 'directory');
    const warning = { code: 'backup.old', message: 'The last backup is 8 days old.', command: 'x' } as const;
    const after = statusItems(statusOf({ warnings: [warning] }), now, null);
    const state: StatusState = { items: before, cursor: at };
    expect(reduceStatus(state, { type: 'read', items: after })).toMatchObject({ cursor: at + 1 });
  });

  test('has a cursor that stops at both ends', () => {
    const state: StatusState = { items: statusItems(statusOf(), now, null), cursor: 0 };
    expect(reduceStatus(state, { type: 'move', by: -1 }).cursor).toBe(0);
    expect(reduceStatus(state, { type: 'move', by: 99 }).cursor).toBe(state.items.length - 1);
    expect(reduceStatus(state, { type: 'edge', to: 'last' }).cursor).toBe(state.items.length - 1);
  });
});

describe.each([
  [80, 24],
  [120, 40],
])('the status screen at %i x %i', (columns, rows) => {
  test('fits, marks its section and counts the warnings', async () => {
    const core = await coreWithUser();
    const console = await openConsole(core, { columns, rows });
    const text = await console.shows('There is no backup yet.');
    expect(text).toMatch(/^> 1 Status !/m);
    expect(text).toMatch(/^ {2}! 1 warning/m);
    expect(text).toMatch(/Directory +Sample directory, corp\.contoso\.test/);
    const lines = await console.frame.lines();
    expect(lines[rows - 1]).toBe('');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  });
});

describe('a backup', () => {
  test('is written from its warning, encrypted, and the warning goes', async () => {
    const core = await coreWithUser();
    const file = join(core.folder, 'mfa.backup');
    const console = await openConsole(core);
    await console.shows('There is no backup yet.');
    console.press(`\r${file}\t\tshort\x13`);
    await console.shows('A passphrase needs at least 8 characters.');
    console.press('\x15long enough\x13');
    await console.shows('The passphrases differ.');
    console.press('long enough\x13');
    await console.shows(/Wrote [\d,]+ bytes/);
    await console.showsNoMore('There is no backup yet.');
    expect(existsSync(file)).toBe(true);
    expect(readStatus(core).warnings).toEqual([]);
  });

  test('replaces a file only when asked', async () => {
    const core = temporaryCore();
    const file = join(core.folder, 'mfa-console.db');
    const console = await openConsole(core);
    console.press(`b${file}\t\x1b[C\x13`);
    await console.shows('Replace it?');
    console.press('\r');
    await console.showsNoMore('Replace it?');
    expect(core.users.listIds().total).toBe(0);
  });

  test('is not for those who may only look', async () => {
    const console = await openConsole(temporaryCore(), { isReadOnly: true });
    console.press('b');
    await console.shows('! This console was started with --read-only.');
  });
});

test.each([
  ['failed', 'The server refused.', 'failed after 3 users'],
  ['cancelled', 'was stopped', 'was stopped after 3 users'],
] as const)(
  'the warning of a run that %s leads to the import that continues it',
  async (state, told, notice) => {
    const core = await coreWithUser();
    const selection = { scope: 'container', dn: `OU=Sales,${sampleBaseDn}`, includeSubtree: true } as const;
    const run = core.runs.start(
      { purpose: 'import', request: { selection, rules: importRulesSchema.parse({}) } },
      { dryRun: false, resumes: null },
    );
    core.runs.finish(run, {
      state,
      counts: { ...noCounts, read: 3, skipped: 3 },
      seconds: 1,
      error: state === 'failed' ? { code: 'directory.refused', message: 'The server refused.' } : null,
    });
    const console = await openConsole(core, { columns: 120, rows: 40 });
    await console.shows(told);
    console.press('\r');
    await console.shows(`Run ${run} ${notice}; c continues it: ${selection.dn}`);
    console.press('c');
    await console.shows(/[1-9]\d* users written/);
    expect(core.runs.list(1)).toMatchObject([{ state: 'completed', resumes: run }]);
    expect(readStatus(core).warnings.map(({ code }) => code)).toEqual(['backup.missing']);
  },
);

test('a run of another process is shown as it grows, and how it ended', async () => {
  const core = await coreWithUser();
  const other = temporaryCore({ folder: core.folder, actor: 'eve@test' });
  const console = await openConsole(core, { columns: 120, rows: 40 });
  await console.shows(/Last run +none yet/);
  const request = {
    kind: 'full',
    reason: 'everybody is read',
    items: [],
    user: null,
    approves: null,
  } as const;
  const order = { purpose: 'synchronization', request } as const;
  const id = other.runs.start(order, { dryRun: false, resumes: null });
  await console.shows(/Running now +Run 1 by eve@test: 0 read, 0 s/);
  const counts = { ...noCounts, read: 61, skipped: 2 };
  other.runs.log(id, 1, [], counts);
  await console.shows('61 read, 2 skipped');
  other.runs.finish(id, { state: 'completed', counts, seconds: 2, error: null });
  await console.shows(/Last run +synchronization 1, completed/);
  await console.shows(/Synchronization +completed, \d\d:\d\d; switched off/);
});

test('a run that waits for approval marks its section', () => {
  const mark = (code: Warning['code']) => {
    const warnings = [{ code, message: 'It is so.', command: 'mfa-console doctor' }];
    return sections.find(({ id }) => id === 'directory-integration')?.mark?.(statusOf({ warnings }));
  };
  expect([mark('sync.awaitingApproval'), mark('sync.failing'), mark('backup.old')]).toEqual([
    'running',
    'warning',
    undefined,
  ]);
});

test('a mail that failed marks its section, and leads to the outbox', () => {
  const mail = { isOn: true, waiting: 0, failed: 1, inDoubt: 0, notSent: 0 };
  const status = statusOf({ mail });
  expect(statusItems(status, now, null).find(({ id }) => id === 'mail')).toMatchObject({
    token: 'warning',
    target: { section: 'email', place: 'outbox:state:failed state:inDoubt' },
  });
  const mark = (changes: Partial<Status['mail']>) =>
    sections.find(({ id }) => id === 'email')?.mark?.(statusOf({ mail: { ...mail, ...changes } }));
  expect([mark({}), mark({ failed: 0 }), mark({ failed: 0, isOn: false })]).toEqual([
    'warning',
    undefined,
    'off',
  ]);
});

describe('a warning about a setting leads to its field', () => {
  test('in the company settings', async () => {
    const core = temporaryCore();
    core.companySettings.save({ ...core.companySettings.load(), whenUserDisabled: 'succeed' });
    const console = await openConsole(core);
    await console.shows('Disabled users are set to');
    console.press('\r');
    await console.shows(/> +When the user is disabled +< succeed >/);
  });

  test('in the e-mail settings', async () => {
    const core = temporaryCore();
    core.emailDelivery.save({ after: { ...readySettings, security: 'none', acceptsPlain: true } });
    const console = await openConsole(core);
    await console.shows('The connection to the mail server');
    console.press('\r');
    await console.shows(/> +Encryption +< none >/);
  });
});

test('Status tells of the service that was started meanwhile whenever it is entered', async () => {
  const core = await coreWithUser();
  const console = await openConsole(core);
  await console.shows(/Service +not running/);
  console.press('2');
  await console.shows('ada');
  const lease = Lease.acquire(core.store, core.clock, serviceLease, 'root@srv', 'service');
  onTestFinished(() => lease.release());
  console.press('1');
  await console.shows(/Service +process \d+ on/);
});
