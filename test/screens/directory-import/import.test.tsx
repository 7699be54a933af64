import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { Lease } from '../../../src/core/runs/lease.ts';
import { coreOfFake } from '../../helpers/connected-core.ts';
import { fakeBaseDn, fakePeople, fakeStaff } from '../../helpers/fake-entries.ts';
import { leaveRunBehind } from '../../helpers/left-runs.ts';
import { refuseUsers } from '../../helpers/refuse-users.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { startFakeLdap } from '../../servers/fake-ldap.ts';
import type { TestConsole } from '../helpers/console.tsx';
import { themes } from '../helpers/render-frame.tsx';
import { keys, openImport, openSampleImport } from './open-import.ts';

const { down, right, tab, enter, esc, save } = keys;
const domain = { dn: fakeBaseDn, attributes: { objectClass: ['top', 'domainDNS'] } };

/** Marks the only user of that name. */
async function mark(console: TestConsole, name: string): Promise<void> {
  console.press(`/${name}${enter}`);
  await console.shows(/1 of 385/);
  console.press(` ${esc}`);
  await console.shows('marked');
}

describe.each([
  [80, 24, themes.standard],
  [120, 40, themes.ascii],
])('at %i x %i', (columns, rows, theme) => {
  test('a container is previewed, imported, and its people are users then', async () => {
    const { core, console } = await openSampleImport({ columns, rows, theme });
    console.press(`${down.repeat(4)} p`);
    const preview = await console.shows('preview, nothing is written yet');
    expect(preview).toContain('1 marked container');
    expect(preview).toMatch(/\[All\] {3}add 123 {4}update 0 {4}skip 0 {4}conflict 0/);
    expect(preview).toMatch(
      /Run 1: 123 read, 0 unchanged, [\d.]+ s, [\d,]+ a second\. x writes it to a file\./,
    );
    expect(core.users.list().total).toBe(0);

    console.press('i');
    await console.shows('Add 123 users?');
    console.press(`${tab}${enter}`);
    const done = await console.shows('123 users written. Report: mfa-console runs show 2');
    expect(done).toMatch(/\[All\] {3}added 123 {4}updated 0 {4}skipped 0 {4}conflict 0 {4}failed 0/);
    expect(Math.max(...done.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(core.users.list().total).toBe(123);

    console.press(esc);
    await console.shows('= imported');
    expect(await console.frame.text()).toContain('[ ] OU=Engineering');
    console.press(esc);
    await console.shows('By username');
    console.press('/jyoung2');
    await console.shows(/> {4}jyoung2@corp\.contoso\.test +Jack Young/);
  });
});

test('Enter asks first, and its safe answer is the preview', async () => {
  const { core, console } = await openSampleImport();
  console.press(enter);
  const question = await console.shows('> Preview first <');
  expect(question).toContain('Import corp.contoso.test and below (385 users)?');
  expect(question).toContain('How: add, mobile phone, enable new with phone');
  console.press(enter);
  await console.shows('preview, nothing is written yet');
  expect(core.users.list().total).toBe(0);
});

test('of a line of the preview all values are shown, and of an update the old ones, too', async () => {
  const { core, console } = await openSampleImport();
  console.press(tab);
  await mark(console, 'hwilson2');
  console.press(`${enter}${right}${enter}`);
  await console.shows('1 user written.');
  const user = core.users.list().users[0];
  await core.users.edit(user?.username ?? '', { firstName: 'Wrong' }, { followDirectory: ['firstName'] });
  console.press(`${esc}o${down} ${save}`);
  await console.shows('add and update');
  await mark(console, 'hwilson2');
  console.press('p');
  await console.shows(/update 1/);
  await console.shows(/updated +hwilson2@.* First name: Wrong -> Hank/);
  console.press(enter);
  const report = await console.shows('would be updated.');
  expect(report).toMatch(/First name: Wrong -> Hank/);
});

test('a kind is listed alone, and the list is filtered as typed', async () => {
  const { core, console } = await openSampleImport();
  await core.users.add({ username: 'asmith@corp.contoso.test' });
  console.press('p');
  await console.shows('conflict 1');
  console.press(']]]]');
  const conflicts = await console.shows('[conflict 1');
  expect(conflicts).toMatch(/conflict +asmith@corp.* a user with this username was made by/);
  expect(conflicts).not.toContain('added');
  console.press('[[[[');
  await console.shows('[All]');
  console.press('/jdoe');
  await console.shows(/1 of 385|2 of 385|3 of 385/);
  await console.shows(/> {4}added +jdoe/);
});

test('a preview is written to a file that only its owner reads', async () => {
  const { console } = await openSampleImport();
  const file = join(temporaryFolder(), 'preview.csv');
  console.press(`${down.repeat(4)}p`);
  await console.shows('preview, nothing is written yet');
  console.press(`x${down}${file}${save}`);
  await console.shows('Exported to');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const lines = parse(readFileSync(file, 'utf8'), { columns: true });
  expect(lines).toHaveLength(123);
  expect(lines[0]).toMatchObject({ change: 'added', fields: expect.stringContaining('firstName: - -> ') });
});

test('a read-only console previews and says why it does not import', async () => {
  const { core, console } = await openSampleImport({ isReadOnly: true });
  console.press(enter);
  await console.shows('This console was started with --read-only.');
  console.press('p');
  await console.shows('preview, nothing is written yet');
  console.press('i');
  await console.shows('This console was started with --read-only.');
  expect(core.users.list().total).toBe(0);
});

test('who failed is listed with the reason, and tried again', async () => {
  const core = temporaryCore();
  const accept = refuseUsers(core.store, 'INSERT', `new.username LIKE 'j%'`);
  const { console } = await openSampleImport({ core });
  console.press(`${down.repeat(4)}${enter}`);
  await console.shows('Preview first');
  console.press(`${right}${enter}`);
  const failures = await console.shows('[failed 8');
  expect(failures).toMatch(/failed +j\S+ +it could not be written: refused/);
  expect(core.users.list().total).toBe(115);
  console.press('[[[[[');
  await console.shows('[All]');
  console.press('f');
  await console.shows('[failed 8');
  accept();
  console.press('t');
  await console.shows('8 users of run 1 again');
  await console.shows('8 users written.');
  expect(core.users.list().total).toBe(123);
});

test('an import that cannot begin says why, and begins again when it can', async () => {
  const { core, console } = await openSampleImport();
  const lease = Lease.acquire(core.store, systemClock, 'writing run', 'other@test', 'import');
  onTestFinished(() => lease.release());
  console.press(`${down.repeat(4)}${enter}`);
  await console.shows('Preview first');
  console.press(`${right}${enter}`);
  await console.shows('not started');
  await console.shows('Another import is running');
  lease.release();
  console.press('r');
  await console.shows('123 users written.');
});

describe('an import that is cut short', () => {
  async function openSlow() {
    const staff = fakeStaff({ name: 'Staff', objectGUID: Buffer.alloc(16, 7) });
    const server = await startFakeLdap({ entries: [domain, staff, ...fakePeople(2500)] });
    onTestFinished(() => server.stop());
    const core = coreOfFake(server, { pageSize: 500 });
    const opened = await openImport({ core });
    await opened.console.shows('(2,500 users)');
    return { ...opened, server };
  }

  test('by the administrator stops after its batch, keeps what it has, and continues later', async () => {
    const { core, console, server } = await openSlow();
    server.state.faults = { stallAfter: 1700 };
    console.press(enter);
    await console.shows('Preview first');
    console.press(`${right}${enter}`);
    await console.shows(/1,000 of 2,500 .*user999/);
    console.press(esc);
    await console.shows('What was written stays, and the rest can be continued later.');
    console.press(enter);
    await console.shows('importing');
    console.press(`${esc}${right}${enter}`);
    await console.shows('1,000 users written; c continues with the rest.');
    expect(core.users.list().total).toBe(1000);
    server.state.faults = {};

    console.press(esc);
    await console.shows('Run 1 was stopped after 1,000 users; c continues it');
    console.press('c');
    await console.shows('1,500 users written. Report: mfa-console runs show 2');
    expect(core.users.list().total).toBe(2500);
    expect(core.runs.find(2)).toMatchObject({ resumes: 1, state: 'completed', counts: { unchanged: 1000 } });
    console.press(esc);
    await console.showsNoMore('c continues it');
  });

  test('by the directory says why, and is continued on the spot', async () => {
    const { core, console, server } = await openSlow();
    server.state.faults = { dropAfter: 1700 };
    console.press(enter);
    await console.shows('Preview first');
    console.press(`${right}${enter}`);
    await console.shows('was cut short after');
    await console.shows('failed');
    server.state.faults = {};
    console.press('c');
    await console.shows(/[\d,]+ users written\. Report: mfa-console runs show 2/);
    expect(core.users.list().total).toBe(2500);
  });

  test('is asked about when the console is left, and then left in order', async () => {
    const { core, console, server } = await openSlow();
    server.state.faults = { stallAfter: 1700 };
    console.press(enter);
    await console.shows('Preview first');
    console.press(`${right}${enter}`);
    await console.shows('1,000 of 2,500');
    console.press('1');
    await console.shows('Stop after this batch');
    console.press(esc);
    await console.showsNoMore('Stop after this batch');
    console.press('1');
    await console.shows('Stop after this batch');
    console.press(`${right}${enter}`);
    await console.shows('MFA Console  Status');
    expect(core.runs.find(1)).toMatchObject({ state: 'cancelled', counts: { added: 1000 } });
  });

  test('with its console is offered by the next one', async () => {
    const core = temporaryCore();
    const id = leaveRunBehind(core);
    core.store
      .prepare(
        `UPDATE runs SET request = json_set(request, '$.selection.names', json('["asmith"]')) WHERE id = ?`,
      )
      .run(id);
    const { console } = await openSampleImport({ core });
    await console.shows(`Run ${id} was interrupted after 0 users; c continues it: 1 user`);
    console.press('c');
    await console.shows('1 user written.');
    expect(core.runs.find(id + 1)).toMatchObject({ resumes: id, state: 'completed' });
  });
});

test('a preview can be given up, and shows what it found so far', async () => {
  const staff = fakeStaff({ name: 'Staff', objectGUID: Buffer.alloc(16, 7) });
  const server = await startFakeLdap({ entries: [domain, staff, ...fakePeople(2500)] });
  onTestFinished(() => server.stop());
  const { core, console } = await openImport({ core: coreOfFake(server, { pageSize: 500 }) });
  await console.shows('(2,500 users)');
  server.state.faults = { stallAfter: 1700 };
  console.press('p');
  await console.shows('add 1,000');
  console.press(esc);
  await console.shows('stopped');
  console.press('i');
  await console.shows('The preview is not complete. r does it again.');
  server.state.faults = {};
  console.press('r');
  await console.shows('add 2,500');
  expect(core.users.list().total).toBe(0);
});
