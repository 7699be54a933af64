import { describe, expect, test } from 'vitest';
import {
  ChangingDirectory,
  container,
  definition,
  synchronizationWith,
} from '../../helpers/changing-directory.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

const people = 200;
const leavers = 46;

/** An OU whose people are users already. */
async function open(limits: { approvalCount: number; approvalPercent: number }) {
  const core = temporaryCore();
  const directory = new ChangingDirectory();
  const staff = directory.ou('Staff');
  const other = directory.ou('Other');
  const ids = directory.addMany(people, staff, 'p');
  const sync = synchronizationWith(core, directory);
  core.syncSettings.save({ ...sync.settings(), ...limits });
  sync.items.add('Staff', definition(container(staff)));
  expect(await sync.run({})).toMatchObject({ state: 'completed', counts: { added: people } });
  const everybody = () => core.users.list().users.map(({ version: _, ...user }) => user);
  const disabled = () => core.users.list({ filter: 'state:disabled' }).total;
  const move = (ou: string, count: number) => {
    for (const id of ids.slice(0, count)) directory.move(id, ou);
  };
  return { core, sync, staff, other, everybody, disabled, move };
}

describe.each([
  ['number', { approvalCount: 5, approvalPercent: 100 }],
  ['percentage', { approvalCount: 999, approvalPercent: 20 }],
])(`${leavers} of ${people} leavers, more than the %s that may be`, (_what, limits) => {
  test('are not disabled before somebody approves it, and are then', async () => {
    const { core, sync, other, disabled, move } = await open(limits);
    move(other, leavers);
    const run = await sync.run({});
    expect(run).toMatchObject({ state: 'awaitingApproval', counts: { disabled: 0, held: leavers } });
    expect(disabled()).toBe(0);
    expect(await sync.run({})).toMatchObject({ state: 'awaitingApproval', counts: { disabled: 0 } });
    const [waiting] = core.runs.awaitingApproval();
    const approval = await sync.approve(waiting?.id ?? 0, undefined);
    expect(approval).toMatchObject({ state: 'completed', counts: { disabled: leavers, held: 0 } });
    expect(disabled()).toBe(leavers);
    expect(await sync.run({})).toMatchObject({ state: 'completed', counts: { disabled: 0, held: 0 } });
  });

  test('who are back before the approval stay as they were', async () => {
    const { sync, staff, other, everybody, move } = await open(limits);
    const before = everybody();
    move(other, leavers);
    const run = await sync.run({});
    move(staff, leavers);
    const approval = await sync.approve(run.id, undefined);
    expect(approval).toMatchObject({ state: 'completed', counts: { disabled: 0, skipped: leavers } });
    expect(everybody()).toEqual(before);
  });

  test('as everybody, when the OU is emptied by mistake, end the run, and it goes on when they are back', async () => {
    const { sync, staff, other, everybody, move } = await open(limits);
    const before = everybody();
    move(other, people);
    const run = await sync.run({});
    expect(run).toMatchObject({ state: 'failed', error: { code: 'sync.nothingFound' } });
    expect(everybody()).toEqual(before);
    move(staff, people);
    const next = await sync.run({});
    expect(next).toMatchObject({ state: 'completed', counts: { disabled: 0, unchanged: people } });
    expect(everybody()).toEqual(before);
  });
});
