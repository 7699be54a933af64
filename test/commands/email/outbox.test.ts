import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { updateMailRow } from '../../../src/core/email/outbox/outbox-rows.ts';
import { addMailUser, queueMail, readySettings } from '../../helpers/mail-users.ts';
import { runCommand } from '../../helpers/run-command.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

const pin = '83017426';

/** An outbox in which mail 1 waits, 2 has failed and 3 is in doubt; the last two have PINs. */
async function outboxCommands() {
  const core = temporaryCore();
  core.emailDelivery.save({ after: readySettings });
  const user = await addMailUser(core, 'amara');
  await queueMail(core, user);
  await queueMail(core, user, { pin });
  await queueMail(core, await addMailUser(core, 'bruno'), { pin, kind: 'updatedUser' });
  updateMailRow(core.store, 2, { state: 'failed', why_code: 'mail.refused', why: '550 No such person' });
  updateMailRow(core.store, 3, { state: 'inDoubt', why_code: 'mail.inDoubt', why: 'nobody knows' });
  const outbox = (...args: string[]) => runCommand(core.folder, ['email', 'outbox', ...args]);
  return { core, outbox };
}

describe('email outbox list', () => {
  test('shows the newest first with why, and says that nobody delivers', async () => {
    const { outbox } = await outboxCommands();
    const { exitCode, stdout, stderr } = await outbox('list');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /in doubt.*nobody knows.*\n(.*\n)*.*failed.*550 No such person.*\n(.*\n)*.*queued/,
    );
    expect(stderr).toContain('3 mails');
    expect(stderr).toContain('Nobody delivers them now: run "mfa-console serve"');
  });

  test('finds by state and filter, for scripts too', async () => {
    const { outbox } = await outboxCommands();
    const list = await outbox('list', '--state', 'failed', 'inDoubt', '--filter', 'amara', '--json');
    expect(list.json).toMatchObject({
      total: 1,
      mails: [{ id: 2, state: 'failed', why: '550 No such person', to: 'amara@corp.example', withPin: true }],
      health: { failures: 0, why: null },
      deliverer: null,
    });
    const page = await outbox('list', '--limit', '1', '--before', '3', '--json');
    expect(page.json).toMatchObject({ total: 3, mails: [{ id: 2 }] });
    expect(await outbox('list', '--filter', 'sate:failed')).toMatchObject({ exitCode: 2 });
  });
});

describe('email outbox show', () => {
  test('shows the text without the PIN', async () => {
    const { outbox } = await outboxCommands();
    const { stdout } = await outbox('show', '2');
    for (const words of ['550 No such person', 'amara@corp.example', 'Your PIN is ****.']) {
      expect(stdout).toContain(words);
    }
    const json = await outbox('show', '2', '--json');
    expect(json.json).toMatchObject({ mail: { id: 2, content: { subject: expect.any(String) } } });
    expect((await outbox('show', '2', '--html')).stdout).toMatch(/^<!doctype html>/);
    expect(stdout + json.stdout).not.toContain(pin);
  });

  test.each([
    ['9', 4],
    ['two', 2],
  ])('of "%s" ends with %i', async (id, exitCode) => {
    const { outbox } = await outboxCommands();
    expect((await outbox('show', id)).exitCode).toBe(exitCode);
  });
});

describe('email outbox retry', () => {
  test('queues all that failed again, and a dry run does not', async () => {
    const { core, outbox } = await outboxCommands();
    expect((await outbox('retry', '--all-failed', '--dry-run')).stdout).toBe(
      '1 mail would be queued again\n',
    );
    expect(core.outbox.find(2).state).toBe('failed');
    expect((await outbox('retry', '--all-failed')).stdout).toBe('1 mail is queued again\n');
    expect(core.outbox.find(2)).toMatchObject({ state: 'queued', why: null });
    expect(await outbox('retry', '--all-failed')).toMatchObject({ exitCode: 4 });
  });

  test('says of each mail what became of it, and ends with the code of the failures', async () => {
    const { outbox } = await outboxCommands();
    const { exitCode, json, stderr } = await outbox('retry', '3', '9', '--json');
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/^Mail 9: There is no mail 9/);
    expect(json).toMatchObject({
      dryRun: false,
      results: [
        { id: 3, ok: true, mail: { state: 'queued' } },
        { id: 9, ok: false, error: { code: 'mail.notFound' } },
      ],
    });
    expect(await outbox('retry')).toMatchObject({ exitCode: 2 });
  });
});

test('email outbox resend queues another mail, unless its PIN is gone', async () => {
  const { core, outbox } = await outboxCommands();
  expect((await outbox('resend', '2', '--dry-run')).stdout).toBe('1 mail would be queued once more\n');
  expect((await outbox('resend', '2', '--json')).json).toMatchObject({
    results: [{ id: 2, ok: true, mail: { id: 4, to: 'amara@corp.example', repeats: 2 } }],
  });
  expect(core.outbox.find(4)).toMatchObject({ state: 'queued', repeats: 2, withPin: true });
  await core.outbox.cancel([3]);
  expect(await outbox('resend', '3')).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('PIN') });
  expect(await outbox('resend', '--filter', 'state:failed')).toMatchObject({ exitCode: 2 });
  expect((await outbox('resend', '--filter', 'state:failed', '--yes')).stdout).toBe(
    '1 mail is queued once more\n',
  );
});

test('email outbox cancel takes mails back, and asks where a filter says which', async () => {
  const { core, outbox } = await outboxCommands();
  expect((await outbox('cancel', '1')).stdout).toBe('1 mail is cancelled\n');
  expect(await outbox('cancel', '1')).toMatchObject({ exitCode: 5 });
  expect(await outbox('cancel', '--filter', 'amara')).toMatchObject({ exitCode: 2 });
  const { json } = await outbox('cancel', '--filter', 'state:failed state:inDoubt', '--yes', '--json');
  expect(json).toMatchObject({
    results: [
      { id: 2, ok: true },
      { id: 3, ok: true },
    ],
  });
  expect(core.outbox.countByState(['cancelled'])).toEqual({ cancelled: 3 });
});

test('email outbox export writes what became of mails, without their texts', async () => {
  const { core, outbox } = await outboxCommands();
  updateMailRow(core.store, 2, { why: '=cmd|calc' });
  const { stdout, json } = await outbox('export', '--filter', 'amara');
  expect(json).toMatchObject({ mails: [{ id: 2, state: 'failed', to: 'amara@corp.example' }, { id: 1 }] });
  const file = join(core.folder, 'mails.csv');
  expect(await outbox('export', '--format', 'csv', '--output', file)).toMatchObject({ exitCode: 0 });
  const csv = readFileSync(file, 'utf8');
  const [columns, ...lines] = parse(csv) as string[][];
  expect(columns).toEqual(Object.keys((json as { mails: object[] }).mails[0] ?? {}));
  expect(lines.map((line) => line.slice(0, 3))).toEqual([
    ['3', 'inDoubt', 'nobody knows'],
    ['2', 'failed', "'=cmd|calc"],
    ['1', 'queued', ''],
  ]);
  for (const text of [stdout, csv]) expect(text).not.toMatch(new RegExp(`${pin}|Your PIN`));
  expect(await outbox('export', '--filter', 'sate:failed')).toMatchObject({ exitCode: 2, stdout: '' });
});

test('email settings say whether users get mail, how fast, and when it is given up', async () => {
  const { core } = await outboxCommands();
  const set = (...args: string[]) => runCommand(core.folder, ['email', 'settings', 'set', ...args]);
  const wanted = ['--send-to-users', 'off', '--rate', '30', '--give-up-after', '4', '--keep-days', '30'];
  expect((await set(...wanted, '--json')).json).toMatchObject({
    email: { sendToUsers: false, mailsPerMinute: 30, giveUpAfterHours: 4, keepDays: 30 },
  });
  expect((await set()).stdout).toMatch(/Emails to users +off\nRate +30 a minute at most\nGive up after +4 h/);
  expect(await set('--rate', '0')).toMatchObject({ exitCode: 2 });
});
