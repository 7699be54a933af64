import { describe, expect, onTestFinished, test } from 'vitest';
import { importRulesSchema } from '../../../src/core/import/import-rules.ts';
import { coreOfFake } from '../../helpers/connected-core.ts';
import { fakeBaseDn, fakePeople, fakeStaff, fakeStaffDn } from '../../helpers/fake-entries.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { type FakeLdap, startFakeLdap } from '../../servers/fake-ldap.ts';
import { type ConsoleOptions, openConsole, type TestConsole } from '../helpers/console.tsx';

const domain = { dn: fakeBaseDn, attributes: { objectClass: ['top', 'domainDNS'] } };
const staff = fakeStaff({ name: 'Staff', objectGUID: Buffer.alloc(16, 0xf0) });

const down = '\x1b[B';

interface Held {
  readonly core: TemporaryCore;
  readonly server: FakeLdap;
  /** Leaves these in the directory: from the first to before the last. */
  keep(from: number, to: number): void;
  /** The run that holds 46 of 60 users. */
  readonly id: number;
}

/** Sixty users of an item, 46 of whom have left: a run holds what would disable them. */
async function held(): Promise<Held> {
  const server = await startFakeLdap({ entries: [domain, staff, ...fakePeople(60)] });
  onTestFinished(() => server.stop());
  const core = coreOfFake(server);
  const { synchronization } = core;
  const selection = await synchronization.identify({
    scope: 'container',
    dn: fakeStaffDn,
    includeSubtree: true,
  });
  const rules = importRulesSchema.parse({ enable: 'always' });
  synchronization.items.add('Staff', { selection, rules, leavers: 'disable', removeAfterDays: null });
  const keep = (from: number, to: number) => {
    server.state.entries = [domain, staff, ...fakePeople(60).slice(from, to)];
  };
  expect(await synchronization.run({})).toMatchObject({ state: 'completed', counts: { added: 60 } });
  core.testClock.forward(900);
  keep(46, 60);
  const run = await synchronization.run({});
  expect(run).toMatchObject({ state: 'awaitingApproval', counts: { held: 46 } });
  return { core, server, keep, id: run.id };
}

async function openApprovalOf({ core, id }: Held, options: ConsoleOptions = {}): Promise<TestConsole> {
  const console = await openConsole(core, options);
  console.shell.context.goTo('logging', `run:${id}`);
  await console.shows('[held 46 !]');
  console.press('A');
  await console.shows('[All 46]');
  return console;
}

function countDisabled(core: TemporaryCore): number {
  return core.users.list({ filter: 'state:disabled' }).total ?? 0;
}

test('the warning in Status leads to it, and its item is one key away', async () => {
  const { core, id } = await held();
  const console = await openConsole(core, { columns: 120, rows: 40 });
  await console.shows(`Run ${id} `);
  console.press(`${down}\r`);
  await console.shows(/Directory Integration > Approval 2[\s\S]*\[All 46\]/);
  console.press('o');
  await console.shows(/\[Synchronization\][\s\S]*> +1 +Staff/);
});

describe.each([
  [80, 24],
  [120, 40],
])('the approval at %i x %i', (columns, rows) => {
  test('lists who would be disabled, with the reason and when they were seen last', async () => {
    const console = await openApprovalOf(await held(), { columns, rows });
    const text = await console.shows(/> {4}user0 +disable/);
    expect(text).toMatch(/Run 2 of .* would disable 46 users +awaits approval/);
    expect(text).toMatch(/user0 +disable +\S+.* not found by/);
    const lines = await console.frame.lines();
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    console.press('\r');
    const details = await console.shows('Found as before for the last time');
    expect(details).toContain('46 users would be disabled, and more than 5');
  });
});

test('a part is simulated, then approved after its number was typed, and the rest rejected', async () => {
  const { core, ...rest } = await held();
  const console = await openApprovalOf({ core, ...rest });
  console.press('   ');
  await console.shows('3 marked');
  console.press('w');
  await console.shows('simulation, nothing is written');
  expect(countDisabled(core)).toBe(0);
  console.press('n');
  await console.shows('Do what was simulated: 3 disabled?');
  console.press('\r');
  await console.shows('Type the number, or press Esc.');
  console.press('3\r');
  await console.shows('approved changes are done');
  expect(countDisabled(core)).toBe(3);
  console.press('\x1b');
  await console.shows('[All 43]');
  console.press('R');
  await console.shows('Reject what run 2 still holds of 43 users?');
  console.press('\r');
  await console.showsNoMore('Reject what');
  expect(core.runs.find(2).state).toBe('awaitingApproval');
  console.press('R\x1b[C\r');
  expect(await console.shows('What run 2 holds is rejected.')).toContain(
    'It was rejected: nothing of this is done.',
  );
  expect(core.runs.find(2).state).toBe('rejected');
  expect(countDisabled(core)).toBe(3);
  console.press('A');
  await console.shows('Run 2 is rejected.');
});

test('all is approved at once, and who is there again stays and is told', async () => {
  const { core, keep, ...rest } = await held();
  keep(40, 60);
  const console = await openApprovalOf({ core, keep, ...rest });
  console.press('A');
  await console.shows('Approve that run 2 may disable 46 users?');
  console.press('46\r');
  await console.shows('approved changes are done');
  expect(countDisabled(core)).toBe(40);
  console.press(']]]]');
  expect(await console.shows('[skipped 6]')).toContain('not true any more');
  console.press('\x1b');
  await console.shows('holds nothing any more');
  expect(core.runs.find(2).state).toBe('approved');
});

test('with a filter nobody is decided about who is not seen', async () => {
  const { core, ...rest } = await held();
  const console = await openApprovalOf({ core, ...rest });
  console.press('/user4\r');
  await console.shows('7 of 46');
  console.press('A');
  await console.shows('Mark whom it is about: a marks all that are listed.');
  console.press('aA');
  await console.shows('Approve that run 2 may disable 7 users?');
  await console.shows('the other 39 users stay held.');
  console.press('7\r');
  await console.shows('approved changes are done');
  expect(countDisabled(core)).toBe(7);
});

test('a range is marked as in other lists, and one user needs no number', async () => {
  const { core, ...rest } = await held();
  const console = await openApprovalOf({ core, ...rest });
  console.press(`v${down}${down}v`);
  await console.shows('3 marked');
  console.press('u A');
  await console.shows('Approve that run 2 may disable 1 user?');
  console.press('\r');
  await console.showsNoMore('Approve that');
  expect(countDisabled(core)).toBe(0);
});

test('a run that a later one has superseded leads to that, with the marks', async () => {
  const { core, keep, ...rest } = await held();
  const console = await openApprovalOf({ core, keep, ...rest });
  console.press('   ');
  await console.shows('3 marked');
  keep(45, 60);
  core.testClock.forward(900);
  const other = temporaryCore({ folder: core.folder, actor: 'eve@test' });
  await other.synchronization.run({});
  await console.shows('Run 3 is later and holds by itself what is still open.');
  console.press('A');
  await console.shows('Run 3 holds what is still open. n goes there.');
  console.press('n');
  await console.shows(/Run 3 of [\s\S]*\[All 45\]/);
  expect(await console.shows('3 marked')).toMatch(/\[x\] user2 /);
  console.shell.context.goTo('logging', 'run:2');
  await console.shows('superseded');
  console.press('A');
  await console.shows('Run 2 is superseded by run 3, which is shown.');
});

test('what somebody else decides is told, and nobody moves under the cursor', async () => {
  const { core, ...rest } = await held();
  const console = await openApprovalOf({ core, ...rest });
  console.press(`${down}${down} `);
  await console.shows('1 marked');
  const before = await console.shows(/> {4}user3 /);
  expect(before).toMatch(/\[x\] user2 /);
  const other = temporaryCore({ folder: core.folder, actor: 'eve@test' });
  await other.synchronization.approve(2, ['user0']);
  const told = await console.shows('changed, r to refresh');
  expect(told).toMatch(/\[All 46\][\s\S]* user0 [\s\S]*> {4}user3 /);
  console.press('r');
  await console.shows('[All 45]');
  expect(await console.showsNoMore('r to refresh')).toMatch(/\[x\] user2 [^\n]*\n.*> {4}user3 /);
});

test('who may only look sees all of it and can simulate, and is told why nothing is approved', async () => {
  const { core, ...rest } = await held();
  const console = await openApprovalOf({ core, ...rest }, { isReadOnly: true });
  for (const key of ['A', 'R']) {
    console.press(key);
    await console.shows('! This console was started with --read-only.');
    console.press(down);
    await console.showsNoMore('--read-only');
  }
  console.press('w');
  await console.shows('simulation, nothing is written');
  expect(countDisabled(core)).toBe(0);
});
