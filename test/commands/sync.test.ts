import { expect, test } from 'vitest';
import { importRulesSchema } from '../../src/core/import/import-rules.ts';
import type { SelectionComparison } from '../../src/core/sync/compare-selection.ts';
import { runCommand } from '../helpers/run-command.ts';
import { temporaryCore } from '../helpers/temporary-core.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const base = 'DC=corp,DC=contoso,DC=test';
const sales = `OU=Sales,${base}`;
const lastLine = (text: string) => JSON.parse(text.trim().split('\n').at(-1) ?? '') as unknown;

test('items, runs, approvals and explanations by command', async () => {
  const folder = temporaryFolder();
  const sync = (...args: string[]) => runCommand(folder, ['sync', ...args, '--json', '--yes']);

  const none = await sync('run');
  expect(none.json).toMatchObject({ error: { code: 'sync.noItems' } });

  const added = await sync('items', 'add', 'Sales', '--container', sales, '--leavers', 'disable');
  expect(added.json).toMatchObject({
    item: { name: 'Sales', leavers: 'disable', selection: { dn: sales, includeSubtree: true } },
  });
  expect((await sync('items', 'add', 'sales', '--container', sales)).exitCode).toBe(5);
  expect((await sync('items', 'show', 'Sails')).exitCode).toBe(4);
  const all = await sync('items', 'add', 'All', '--filter', '(objectClass=user)');
  expect(all.json).toMatchObject({ item: { leavers: 'leave', removeAfterDays: null } });
  expect((await sync('items', 'move', 'All', '--to', '1')).json).toMatchObject({
    items: [{ name: 'All' }, { name: 'Sales' }],
  });
  expect((await sync('items', 'remove', 'All')).json).toMatchObject({ item: { name: 'All' }, users: 0 });

  const simulated = await sync('run', '--dry-run', '--changes');
  const run = await sync('run', '--changes');
  expect(run.exitCode).toBe(0);
  expect(run.stdout.split('\n').slice(0, -2)).toEqual(simulated.stdout.split('\n').slice(0, -2));
  expect(lastLine(run.stdout)).toMatchObject({
    run: { state: 'completed', kind: 'full', dryRun: false, counts: { added: 86, held: 0 } },
  });

  expect((await sync('items', 'list')).json).toMatchObject({
    items: [{ name: 'Sales', place: 1, users: 86 }],
  });
  const tooOften = await runCommand(folder, ['sync', 'settings', 'set', 'intervalMinutes=0']);
  expect(tooOften.stderr).toBe('intervalMinutes cannot be "0": must be 1 or more. Nothing was changed.\n');

  const narrowed = ['items', 'edit', 'Sales', '--container', `OU=Field Sales,${sales}`, '--dry-run'];
  const { compared } = (await sync(...narrowed)).json as { compared: SelectionComparison };
  expect(compared).toMatchObject({ others: 0 });
  expect(compared.found + compared.lost.length).toBe(86);
  const text = await runCommand(folder, ['sync', ...narrowed]);
  expect(text.stdout).toContain(compared.lost[0]);
  expect((await sync('items', 'show', 'Sales')).json).toMatchObject({ item: { version: 1 } });

  const edited = await sync('items', 'edit', 'Sales', '--container', `OU=Field Sales,${sales}`);
  expect(edited.json).toMatchObject({ item: { version: 2, leavers: 'disable' } });
  const held = await sync('run');
  expect(held.exitCode).toBe(3);
  expect(held.json).toMatchObject({ run: { state: 'awaitingApproval', counts: { disabled: 0 } } });
  const { run: waiting } = held.json as { run: { id: number } };
  const status = await runCommand(folder, ['status', '--json']);
  expect(status.json).toMatchObject({
    warnings: expect.arrayContaining([expect.objectContaining({ code: 'sync.awaitingApproval' })]),
  });

  const lines = (await sync('runs', String(waiting.id), '--change', 'held')).stdout.trim().split('\n');
  const { username } = JSON.parse(lines[0] ?? '') as { username: string };
  const one = await sync('approve', String(waiting.id), '--user', username);
  expect(one.json).toMatchObject({ run: { state: 'completed', counts: { disabled: 1 } } });
  expect((await sync('explain', username)).json).toMatchObject({
    user: username,
    items: [{ name: 'Sales', matches: false, wins: false }],
    fields: { username: { value: username } },
  });
  expect((await sync('reject', String(waiting.id))).json).toMatchObject({ run: { state: 'rejected' } });
  expect((await sync('approve', String(waiting.id))).exitCode).toBe(5);
  expect((await sync('runs', '999')).exitCode).toBe(4);
});

test('the settings of synchronization are changed all or none', async () => {
  const folder = temporaryFolder();
  const settings = (...args: string[]) => runCommand(folder, ['sync', 'settings', ...args, '--json']);
  expect((await settings('get')).json).toMatchObject({
    sync: { enabled: false, approvalCount: 5, approvalPercent: 20 },
  });
  expect((await settings('set', 'approvalCount=10', 'enabled=yes')).json).toMatchObject({
    changed: { approvalCount: [5, 10], enabled: [false, true] },
  });
  expect((await settings('set', 'approvalCount=20', 'intervalMinutes=0')).exitCode).toBe(2);
  expect((await settings('set', 'aprovalCount=20')).exitCode).toBe(4);
  expect((await settings('get')).json).toMatchObject({ sync: { approvalCount: 10, intervalMinutes: 60 } });
});

test('one user is found by name, and an item is refused that nothing in the directory is for', async () => {
  const folder = temporaryFolder();
  const sync = (...args: string[]) => runCommand(folder, ['sync', ...args, '--json']);
  expect((await sync('items', 'add', 'X', '--container', `OU=Nowhere,${base}`)).exitCode).toBe(4);
  expect((await sync('items', 'add', 'X', '--filter', '(a=b', '--remove-after', '3')).exitCode).toBe(2);
  await sync('items', 'add', 'All', '--container', base);
  expect((await sync('run', '--user', 'nobody.of.them')).exitCode).toBe(4);
  const found = await runCommand(folder, ['directory', 'search', 'smith', '--json']);
  const [user] = (found.json as { users: { username: string }[] }).users;
  expect((await sync('run', '--user', user?.username ?? '')).json).toMatchObject({
    run: { state: 'completed', counts: { read: 1, added: 1 } },
  });
});

test('what a run holds is listed until somebody has decided about it', async () => {
  const folder = temporaryFolder();
  const core = temporaryCore({ folder });
  const { synchronization } = core;
  const itemOn = (dn: string) => synchronization.identify({ scope: 'container', dn, includeSubtree: true });
  const rules = importRulesSchema.parse({ enable: 'always' });
  const definition = { rules, leavers: 'disable', removeAfterDays: null } as const;
  synchronization.items.add('Sales', { selection: await itemOn(sales), ...definition });
  await synchronization.run({});
  synchronization.items.edit('Sales', { selection: await itemOn(`OU=Field Sales,${sales}`) });
  const { id, counts } = await synchronization.run({});
  const held = async (...args: string[]) => {
    const { json } = await runCommand(folder, ['sync', 'held', ...args, '--json']);
    return json as { run: number | null; held: { username: string }[] };
  };

  const all = await held();
  expect(all.run).toBe(id);
  expect(all.held).toHaveLength(counts.held);
  expect(all.held[0]).toMatchObject({
    change: 'disabled',
    item: 'Sales',
    reason: expect.stringContaining('does not find this user any more'),
    lastSeenAt: expect.any(String),
  });
  const [first, second] = all.held.map(({ username }) => username);
  await synchronization.approve(id, [first ?? '']);
  expect(await held(String(id), '--limit', '1')).toMatchObject({ run: id, held: [{ username: second }] });
  expect((await held('--text', second ?? '')).held).toMatchObject([{ username: second }]);
  synchronization.approvals.reject(id);
  expect(await held()).toEqual({ run: null, held: [] });
});

test('an edit of an item changes of whom it takes what it names, and nothing else', async () => {
  const folder = temporaryFolder();
  const edit = async (...args: string[]) =>
    (await runCommand(folder, ['sync', 'items', 'edit', ...args, '--json'])).json as {
      item: { selection: object };
      error?: { code: string };
    };
  for (const [name, ...place] of [
    ['Sales', '--container', sales],
    ['Everybody', '--filter', '(objectClass=user)'],
  ] as const) {
    await runCommand(folder, ['sync', 'items', 'add', name, ...place]);
  }
  const filter = '(!(sn=Brown))';
  const narrowed = await edit('Sales', '--filter', filter);
  expect(narrowed.item.selection).toMatchObject({ scope: 'container', dn: sales, userFilter: filter });
  const moved = await edit('Sales', '--container', `OU=Field Sales,${sales}`);
  expect(moved.item.selection).toMatchObject({ dn: `OU=Field Sales,${sales}`, userFilter: filter });
  const flat = await edit('Sales', '--one-level');
  expect(flat.item.selection).toMatchObject({ includeSubtree: false, userFilter: filter });
  expect((await edit('Sales', '--filter', '')).item.selection).not.toHaveProperty('userFilter');
  expect((await edit('Sales', '--recursive')).error).toMatchObject({ code: 'usage.invalid' });
  expect((await edit('Sales', '--filter', '(sn=')).error).toMatchObject({ code: 'directory.filterInvalid' });
  expect((await edit('Everybody', '--filter', '')).error).toMatchObject({ code: 'directory.filterInvalid' });
  const another = await edit('Everybody', '--filter', filter);
  expect(another.item.selection).toEqual({ scope: 'filter', filter });
});
