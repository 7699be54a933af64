import { describe, expect, test } from 'vitest';
import { listAudit } from '../../../src/core/audit/audit-query.ts';
import {
  ChangingDirectory,
  container,
  definition,
  synchronizationWith,
} from '../../helpers/changing-directory.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

/** Sixty users of an item, ten of whom were disabled before by hand; some leave in every test. */
async function open(leavers: 'disable' | 'remove' = 'disable') {
  const core = temporaryCore();
  const directory = new ChangingDirectory();
  const staff = directory.ou('Staff');
  const other = directory.ou('Other');
  const ids = directory.addMany(60, staff, 'p');
  const sync = synchronizationWith(core, directory);
  sync.items.add('Staff', definition(container(staff), { leavers }));
  await sync.run({});
  const leave = (from: number, to: number) => {
    for (const id of ids.slice(from, to)) directory.move(id, other);
  };
  const comeBack = (from: number, to: number) => {
    for (const id of ids.slice(from, to)) directory.move(id, staff);
  };
  return { core, sync, directory, ids, leave, comeBack };
}

describe('what a run holds', () => {
  test('is listed part by part with item, reason and when the user was seen last', async () => {
    const { core, sync, leave } = await open();
    const added = core.clock().toISOString();
    core.testClock.forward(900);
    const seen = core.clock().toISOString();
    await sync.run({});
    core.testClock.forward(900);
    leave(0, 46);
    const noticed = core.clock().toISOString();
    const { id } = await sync.run({});
    expect(sync.approvals.countHeld(id)).toEqual({ disabled: 46, removed: 0 });
    const page = sync.approvals.held(id, { offset: 44, limit: 10 });
    expect(page.map(({ username }) => username)).toEqual(['p044', 'p045']);
    expect(page[0]).toMatchObject({
      item: 'Staff',
      takeaway: 'disabled',
      noticedAt: noticed,
      lastSeenAt: seen,
      reason:
        'the item "Staff" does not find this user any more; 46 users would be disabled, and more than 5 need approval',
    });
    expect(seen > added).toBe(true);
  });

  test('was noticed by the first run that held it, however many hold it after that', async () => {
    const { core, sync, leave } = await open();
    core.testClock.forward(60);
    await sync.run({});
    const seen = core.clock().toISOString();
    core.testClock.forward(900);
    leave(0, 8);
    const first = core.clock().toISOString();
    await sync.run({});
    core.testClock.forward(900);
    const { id } = await sync.run({});
    expect(sync.approvals.newest()).toMatchObject({ id });
    expect(sync.approvals.held(id, { limit: 1 })).toMatchObject([{ noticedAt: first, lastSeenAt: seen }]);
  });

  test('is found by parts of name, item and reason, and by what would be done', async () => {
    const { sync, leave } = await open();
    leave(0, 12);
    const { id } = await sync.run({});
    const found = (text: string) => sync.approvals.held(id, { text }).map(({ username }) => username);
    expect(found('P01')).toEqual(['p010', 'p011']);
    expect(found('sTaff')).toHaveLength(12);
    expect(found('any more')).toHaveLength(12);
    expect(found('%')).toEqual([]);
    expect(sync.approvals.countHeld(id, { takeaway: 'removed' })).toEqual({ disabled: 0, removed: 0 });
    const [one] = sync.approvals.held(id, { limit: 1 });
    expect(sync.approvals.countHeld(id, { among: [one?.directoryId ?? ''] })).toMatchObject({ disabled: 1 });
  });

  test('is no longer what was approved, also when a part was', async () => {
    const { core, sync, leave } = await open('remove');
    leave(0, 46);
    const { id } = await sync.run({});
    const some = sync.approvals.held(id, { limit: 6 });
    const part = await sync.approve(
      id,
      some.map(({ directoryId }) => directoryId),
    );
    expect(part).toMatchObject({ state: 'completed', counts: { removed: 6, skipped: 0 } });
    expect(sync.approvals.countHeld(id)).toEqual({ disabled: 0, removed: 40 });
    expect(core.runs.find(id).state).toBe('awaitingApproval');
    expect(await sync.approve(id, undefined)).toMatchObject({ counts: { removed: 40, skipped: 0 } });
    expect(core.runs.find(id).state).toBe('approved');
    expect(core.users.list().total).toBe(14);
  });

  test('is approved by names or ids, and the audit log names the users', async () => {
    const { core, sync, leave, ids } = await open();
    leave(0, 8);
    const { id } = await sync.run({});
    await sync.approve(id, ['P003', ids[4] ?? '']);
    const [event] = listAudit(core.store, { action: 'run.approved' }, 1);
    expect(event).toMatchObject({ details: { changes: 2, of: 8, users: ['p003', 'p004'] } });
    await expect(sync.approve(id, ['p020'])).rejects.toMatchObject({ code: 'user.notFound' });
  });

  test('is not approved by an earlier run any more once somebody has rejected it', async () => {
    const { sync, leave } = await open();
    leave(0, 8);
    const first = await sync.run({});
    const second = await sync.run({});
    sync.approvals.reject(second.id);
    await sync.run({});
    expect(() => sync.approvals.reject(first.id)).toThrow(/run 3 decided anew, and was rejected/);
    await expect(sync.approve(first.id, undefined)).rejects.toMatchObject({ code: 'run.notAwaiting' });
  });

  test('is approved in later runs, too, that hold the same', async () => {
    const { core, sync, leave } = await open();
    leave(0, 8);
    const first = await sync.run({});
    const second = await sync.run({});
    expect(await sync.approve(first.id, ['p000'])).toMatchObject({ counts: { disabled: 1 } });
    expect(core.runs.find(second.id).state).toBe('awaitingApproval');
    expect(await sync.approve(first.id, undefined)).toMatchObject({ counts: { disabled: 7 } });
    expect([first, second].map(({ id }) => core.runs.find(id).state)).toEqual(['approved', 'approved']);
    expect(sync.approvals.newest()).toBeNull();
    expect(() => sync.approvals.reject(second.id)).toThrow(/it is approved/);
  });

  test('and is true no more when it is approved is not done, and says so', async () => {
    const { core, sync, leave, comeBack } = await open();
    leave(0, 8);
    const { id } = await sync.run({});
    comeBack(0, 3);
    const run = await sync.approve(id, undefined);
    expect(run).toMatchObject({ counts: { disabled: 5, skipped: 3 } });
    expect(core.runs.changes(run.id, { change: 'skipped' })[0]?.reason).toBe(
      'what was approved is not true any more: an item finds this user',
    );
    expect(sync.approvals.countHeld(id)).toEqual({ disabled: 0, removed: 0 });
  });
});

test('ten thousand changes that are held are read a page at a time', async () => {
  const { core, sync, directory, leave } = await open();
  directory.addMany(10_000, directory.ou('Staff'), 'q');
  await sync.run({});
  leave(0, 1);
  for (const [id, { username }] of directory.people) {
    if (username?.startsWith('q') === true) directory.move(id, directory.ou('Other'));
  }
  const { id } = await sync.run({});
  expect(sync.approvals.countHeld(id)).toEqual({ disabled: 10_001, removed: 0 });
  expect(sync.approvals.held(id, { offset: 9_900, limit: 64 })).toHaveLength(64);
  expect(core.runs.find(id).state).toBe('awaitingApproval');
});
