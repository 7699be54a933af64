import { describe, expect, test } from 'vitest';
import { importRulesSchema } from '../../../src/core/import/import-rules.ts';
import type { HeldCounts } from '../../../src/core/sync/held-list.ts';
import type { SyncItem } from '../../../src/core/sync/sync-item.ts';
import { waitingText } from '../../../src/screens/directory-integration/synchronization/overview.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { keys } from '../directory-import/open-import.ts';
import { type ConsoleOptions, openConsole, type TestConsole } from '../helpers/console.tsx';

const { down, enter, esc, tab, save, home } = keys;
const domain = 'DC=corp,DC=contoso,DC=test';
const pageDown = '\x1b[6~';
const clear = '\x15';

/** An item on a container of the sample directory, as a command adds it. */
async function addItem(
  core: TemporaryCore,
  name: string,
  ou: string,
  changes: { leavers?: SyncItem['leavers'] } = {},
): Promise<SyncItem> {
  const wanted = { scope: 'container', dn: `OU=${ou},${domain}`, includeSubtree: true } as const;
  const selection = await core.synchronization.identify(wanted);
  const rules = importRulesSchema.parse({ updateExisting: true });
  return core.synchronization.items.add(name, {
    selection,
    rules,
    leavers: 'disable',
    removeAfterDays: null,
    ...changes,
  });
}

async function openTab(core: TemporaryCore, options: ConsoleOptions = {}): Promise<TestConsole> {
  const console = await openConsole(core, options);
  console.press('5');
  await console.shows('[Settings]');
  console.press(']]]');
  await console.shows('[Synchronization]');
  await console.shows('Last result');
  return console;
}

const names = (core: TemporaryCore) => core.synchronization.items.list().map(({ name }) => name);

test('without items the tab says how to begin', async () => {
  const console = await openTab(temporaryCore());
  const shown = await console.shows('There are no items yet. a adds');
  expect(shown).toMatch(/Enabled: no +Every: 1 hour +Next: - +Last: none yet/);
});

describe('an item', () => {
  test('is added for a container that was looked for, and can be tried before', async () => {
    const core = temporaryCore();
    const console = await openTab(core);
    console.press('a');
    await console.shows('> Choose a place');
    await console.shows('OU=Engineering');
    console.press(down.repeat(4));
    await console.shows('Takes: OU=Engineering and below (123 users)');
    console.press(enter);
    await console.shows('[Item]');
    const form = await console.shows('OU=Engineering,DC=corp');
    expect(form).toMatch(/Name +\[OU=Engineering +\]/);
    expect(form).toMatch(/Leavers +< leave them as they are >/);
    expect(form).toContain('> New item');
    console.press('\x06');
    expect(await console.shows('123 users found.')).toMatch(/@corp\.contoso\.test/);
    console.press(esc);
    await console.showsNoMore('123 users found');
    console.press(`${clear}Builders${save}`);
    expect(await console.shows('The item is saved.')).toContain('Directory Integration > Builders');
    const [item] = core.synchronization.items.list();
    expect(item).toMatchObject({
      name: 'Builders',
      enabled: true,
      leavers: 'leave',
      selection: { scope: 'container', dn: `OU=Engineering,${domain}`, includeSubtree: true },
      rules: { addNew: true, updateExisting: true },
    });
    console.press(`${esc}${esc}`);
    expect(await console.shows('Last result')).toMatch(/1 +Builders +and below +leave +- +0 users/);
    await console.shows('A full run is due');
  });

  test('is added for a security group and for people who were searched for', async () => {
    const core = temporaryCore();
    const console = await openTab(core);
    console.press('a');
    await console.shows('OU=Engineering');
    console.press(']');
    await console.shows('[Security groups]');
    await console.shows(/> +\S+/);
    console.press('d');
    await console.shows('nested, too');
    console.press(enter);
    const form = await console.shows('[Item]');
    expect(form).toMatch(/Security group +\[CN=/);
    expect(form).toMatch(/Groups in it, too +\[ \] no/);
    console.press(save);
    await console.shows('The item is saved.');
    console.press(`${esc}${esc}`);
    await console.shows(/\(group\) +direct/);
    console.press('a');
    await console.shows('> Choose a place');
    console.press(']]');
    await console.shows('[Search]');
    console.press(`(department=Sales)${enter}`);
    await console.shows(/Takes: all found for \(department=Sales\) \(\d+ users\)/);
    console.press(enter);
    await console.shows('the whole directory');
    console.press(`Sellers${save}`);
    await console.shows('The item is saved.');
    expect(core.synchronization.items.find('Sellers').selection).toMatchObject({ scope: 'filter' });
  });

  test('without a name, or with the name of another, is not saved', async () => {
    const core = temporaryCore();
    await addItem(core, 'Sales', 'Sales');
    await addItem(core, 'Finance', 'Finance');
    const console = await openTab(core);
    console.press(`${home}e`);
    await console.shows('[Item]');
    console.press(`${clear}${save}`);
    await console.shows('Name is needed.');
    console.press(`finance${save}`);
    await console.shows('belongs to another item');
    console.press(`${clear}Selling${save}`);
    expect(await console.shows('The item is saved.')).toContain('> Selling');
    expect(names(core)).toEqual(['Selling', 'Finance']);
  });

  test('has its rules and defaults on tabs of their own', async () => {
    const core = temporaryCore();
    await addItem(core, 'Sales', 'Sales');
    const console = await openTab(core);
    console.press('e');
    await console.shows('[Item]');
    console.press(pageDown);
    await console.shows('[Users]');
    console.press(' ');
    await console.shows(/Add new users +\[ \] no/);
    console.press(pageDown);
    await console.shows('[Defaults]');
    console.press(' ');
    await console.shows(/Method and mode +< Phone call, /);
    console.press(`${down} ${save}`);
    await console.shows('The item is saved.');
    expect(core.synchronization.items.find('Sales').rules).toMatchObject({
      addNew: false,
      method: 'phoneCall',
      methodPolicy: 'keepInStep',
    });
  });

  test('shows who would not be found any more before another place is saved', async () => {
    const core = temporaryCore();
    await addItem(core, 'Sales', 'Sales');
    await core.synchronization.run({});
    const users = core.users.list().total;
    const console = await openTab(core);
    console.press('e');
    await console.shows('[Item]');
    console.press(`${down.repeat(4)}(givenName=Ada)${save}`);
    const question = await console.shows('─ Other people');
    expect(question).toMatch(/\d+ of its \d+ users/);
    expect(question).toMatch(/the next run[\s│]+holds them for approval/);
    expect(question).toContain('> Cancel <');
    console.press(`${tab}${enter}`);
    await console.shows('─ Not found any more');
    console.press(esc);
    await console.shows('─ Other people');
    console.press(enter);
    await console.showsNoMore('─ Other people');
    expect(core.synchronization.items.find('Sales').version).toBe(1);
    console.press(save);
    await console.shows('─ Other people');
    console.press(`${tab}${tab}${enter}`);
    await console.shows('The item is saved.');
    expect(core.synchronization.items.find('Sales').selection).toMatchObject({
      userFilter: '(givenName=Ada)',
      dn: `OU=Sales,${domain}`,
    });
    expect(core.users.list().total).toBe(users);
  });

  test('that somebody else has changed meanwhile is compared and written over field by field', async () => {
    const core = temporaryCore();
    const item = await addItem(core, 'Sales', 'Sales');
    const console = await openTab(core);
    console.press('e');
    await console.shows('[Item]');
    core.synchronization.items.edit(item, { name: 'Field sales' });
    console.press(`${down} ${save}`);
    await console.shows('─ Changed meanwhile');
    console.press(`${tab}${enter}`);
    const compared = await console.shows('─ Compare');
    expect(compared).toContain('Name: theirs Field sales');
    expect(compared).toContain('Switched on: stored yes, yours no');
    console.press(esc);
    await console.shows('─ Changed meanwhile');
    console.press(`${tab.repeat(3)}${enter}`);
    await console.shows('The item is saved.');
    expect(core.synchronization.items.find(item)).toMatchObject({ name: 'Field sales', enabled: false });
  });

  test('is moved, switched off and removed, and its users stay', async () => {
    const core = temporaryCore();
    await addItem(core, 'Sales', 'Sales');
    await addItem(core, 'Finance', 'Finance');
    await core.synchronization.run({});
    const users = core.users.list().total;
    const console = await openTab(core);
    await console.shows(/> +1 +Sales .* \d+ users, \+\d+/);
    console.press('J');
    await console.shows(/> +2 +Sales/);
    expect(names(core)).toEqual(['Finance', 'Sales']);
    console.press('J');
    await console.shows('This is the last item.');
    console.press('K');
    await console.shows(/> +1 +Sales/);
    console.press(' ');
    await console.shows(/Sales .*off, \d+ users/);
    expect(core.synchronization.items.find('Sales').enabled).toBe(false);
    console.press('-');
    const question = await console.shows('─ Remove');
    expect(question).toMatch(/Remove the item "Sales"\? Its \d+ users/);
    console.press(enter);
    await console.showsNoMore('─ Remove');
    expect(names(core)).toEqual(['Sales', 'Finance']);
    console.press('-');
    await console.shows('─ Remove');
    console.press(`${tab}${enter}`);
    await console.shows('Sales is removed.');
    expect(names(core)).toEqual(['Finance']);
    expect(core.users.list().total).toBe(users);
  });
});

test('an item is not moved past others that a filter hides', async () => {
  const core = temporaryCore();
  await addItem(core, 'Sales', 'Sales');
  await addItem(core, 'Finance', 'Finance');
  const console = await openTab(core);
  console.press(`/finance${enter}`);
  await console.shows(/> +2 +Finance/);
  console.press('K');
  await console.shows('The filter hides items. Esc clears it.');
  expect(names(core)).toEqual(['Sales', 'Finance']);
  console.press(esc);
  await console.shows(/1 +Sales/);
  console.press(`${home}${down}K`);
  await console.shows(/> +1 +Finance/);
  expect(names(core)).toEqual(['Finance', 'Sales']);
});

test.each<[HeldCounts, string]>([
  [
    { disabled: 46, removed: 0 },
    'Run 8 waits for approval: it would disable 46 users (limit 5). Enter to look',
  ],
  [{ disabled: 1, removed: 0 }, 'Run 8 waits for approval: it would disable 1 user. Enter to look'],
  [
    { disabled: 2, removed: 6 },
    'Run 8 waits for approval: it would disable 2 and remove 6 users (limit 5). Enter to look',
  ],
])('what waits is told with its limit only where that is the reason: %j', (held, text) => {
  expect(waitingText(8, held, 5)).toBe(text);
});

describe('what another process does', () => {
  test('to items is counted before they are synchronized', async () => {
    const core = temporaryCore();
    await addItem(core, 'Sales', 'Sales');
    const finance = await addItem(core, 'Finance', 'Finance');
    core.synchronization.items.edit(finance, { enabled: false });
    const console = await openTab(core);
    await console.shows(/Finance .*off/);
    const other = temporaryCore({ folder: core.folder, actor: 'eve@test' });
    other.synchronization.items.edit(finance, { enabled: true });
    console.press('n');
    await console.shows('Synchronize 2 items?');
  });

  test('to items is told and read with r, and the item under the cursor stays', async () => {
    const core = temporaryCore();
    await addItem(core, 'Sales', 'Sales');
    await addItem(core, 'Finance', 'Finance');
    const console = await openTab(core);
    await console.shows(/> +1 +Sales/);
    const other = temporaryCore({ folder: core.folder, actor: 'eve@test' });
    other.synchronization.items.move('Finance', 1);
    expect(await console.shows('changed, r to refresh')).toMatch(/> +1 +Sales/);
    console.press('r');
    expect(await console.showsNoMore('r to refresh')).toMatch(/1 +Finance[^\n]*\n.*> +2 +Sales/);
  });

  test('in a run is shown around the items, which stay as they were read', async () => {
    const core = temporaryCore();
    await addItem(core, 'Sales', 'Sales');
    const console = await openTab(core);
    await console.shows(/> +1 +Sales .* 0 users/);
    const other = temporaryCore({ folder: core.folder, actor: 'eve@test' });
    const hold = Promise.withResolvers<void>();
    const run = other.synchronization.run({}, { onChanges: () => hold.promise });
    await console.shows(/Run 1 by eve@test: /);
    hold.resolve();
    await run;
    const ended = await console.shows(/Last: [-\d: ]+ ok, 86 added/);
    expect(ended).toMatch(/> +1 +Sales .* 0 users/);
    await console.shows('changed, r to refresh');
    console.press('r');
    await console.shows(/> +1 +Sales .* 86 users, \+86/);
  });

  test('to the item of a form is told when it is read again', async () => {
    const core = temporaryCore();
    await addItem(core, 'Sales', 'Sales');
    const console = await openTab(core);
    console.press('e');
    await console.shows('[Item]');
    temporaryCore({ folder: core.folder }).synchronization.items.remove('Sales');
    await console.shows('changed, r to refresh');
    console.press(`${esc}r`);
    await console.shows('This synchronization item was removed.');
    console.press(esc);
    await console.showsNoMore('This synchronization item was removed.');
  });
});

test('the settings say when it runs and what it holds', async () => {
  const core = temporaryCore();
  await addItem(core, 'Sales', 'Sales');
  const console = await openTab(core);
  console.press('s');
  await console.shows('> Schedule');
  console.press(`${enter} ${down}${clear}15${save}`);
  await console.shows('The settings of synchronization are saved.');
  expect(core.synchronization.settings()).toMatchObject({ enabled: true, intervalMinutes: 15 });
  console.press(`${enter}${clear}2000${save}`);
  await console.shows('Type a whole number from 1 to 1440.');
  console.press(`${clear}15${save}${esc}${esc}`);
  const shown = await console.shows('[Synchronization]');
  expect(shown).toMatch(/Enabled: yes +Every: 15 minutes +Next: \d\d:\d\d/);
  expect(shown).toContain('No service runs, so nothing is synchronized by itself');
});

test('a user is explained: the items that find them, and where each value comes from', async () => {
  const core = temporaryCore();
  await addItem(core, 'Finance', 'Finance');
  const sales = await addItem(core, 'Sales', 'Sales');
  await addItem(core, 'Sales again', 'Sales');
  await core.synchronization.run({});
  const user = core.users.list({ limit: 1000 }).users.find(({ itemId }) => itemId === sales.id)?.username;
  const console = await openTab(core);
  console.press('x');
  await console.shows('─ Explain a user');
  console.press(`${user}${save}`);
  const shown = await console.shows(`${user} belongs to "Sales".`);
  expect(shown).toMatch(/1 +Finance +does not find the user/);
  expect(shown).toMatch(/2 +Sales +finds the user, and wins/);
  expect(shown).toMatch(/3 +Sales again +finds the user, but one before it wins/);
  expect(shown).toMatch(/First name +\w+ +\(attribute givenName of the directory\)/);
  console.press('x');
  await console.shows('─ Explain a user');
  console.press(`nobody.at.all${save}`);
  await console.shows('There is no user "nobody.at.all"');
});

test('a run that waits for approval is told, and Enter leads to it', async () => {
  const core = temporaryCore();
  const item = await addItem(core, 'Sales', 'Sales');
  await core.synchronization.run({});
  const finance = await addItem(core, 'Finance', 'Finance');
  core.synchronization.items.edit(item, { selection: finance.selection });
  const { id, state } = await core.synchronization.run({});
  expect(state).toBe('awaitingApproval');
  const console = await openTab(core);
  await console.shows(
    new RegExp(`Run ${id} waits for approval: it would disable \\d+ users \\(limit 5\\)\\. Enter to look`),
  );
  console.press(enter);
  await console.shows(`Run ${id}`);
});

test('a synchronization that fails says why, in words that fit', async () => {
  const core = temporaryCore();
  const item = await addItem(core, 'Sales', 'Sales');
  const { selection } = core.synchronization.items.find(item);
  const gone = { ...selection, directoryId: '00000000-0000-4000-8000-000000000000' } as typeof selection;
  core.synchronization.items.edit(item, { selection: gone });
  expect(await core.synchronization.run({})).toMatchObject({ state: 'failed' });
  const console = await openTab(core);
  await console.shows(/! It fails since \d\d:\d\d: The container/);
  await console.shows('is not in the directory');
});

test('a console that may only look shows everything and changes nothing', async () => {
  const core = temporaryCore();
  await addItem(core, 'Sales', 'Sales');
  const console = await openTab(core, { isReadOnly: true });
  console.press('a');
  await console.shows('This console was started with --read-only.');
  console.press('e');
  await console.shows('[Item]');
  console.press('o');
  await console.shows('This console was started with --read-only.');
  console.press('f');
  await console.shows('users found.');
});

describe('synchronizing by hand', () => {
  test('begins with a simulation, which writes nothing and leads to the run', async () => {
    const core = temporaryCore();
    await addItem(core, 'Sales', 'Sales');
    const console = await openTab(core);
    console.press('n');
    const question = await console.shows('Synchronize 1 item?');
    expect(question).toMatch(/> Simulate < +Synchronize +Read everybody +Cancel +│/);
    console.press(enter);
    await console.shows('simulation, nothing is written');
    expect(core.users.list().total).toBe(0);
    console.press('n');
    await console.shows('─ Synchronize');
    console.press(`${tab}${enter}`);
    await console.shows('synchronized');
    expect(core.users.list().total).toBe(86);
    console.press(esc);
    await console.shows(/Sales .* 86 users, \+86/);
    expect(await console.shows('Last result')).toMatch(/Last: [-\d: ]+ ok, 86 added/);
  });

  test('is also done for one user, from the list of users, and leads from an item to its users', async () => {
    const core = temporaryCore();
    await addItem(core, 'Sales', 'Sales');
    await addItem(core, 'Finance', 'Finance');
    await core.synchronization.run({});
    const console = await openTab(core);
    console.press('u');
    await console.shows('Filter: item:"Sales"');
    await console.shows('86 of 135');
    const { username } = core.users.list({ filter: 'item:Sales', limit: 1 }).users[0] ?? { username: '' };
    await core.users.edit(username, { firstName: 'Wrong' }, { followDirectory: ['firstName'] });
    console.press('rn');
    expect(await console.shows(`Synchronize ${username}?`)).not.toContain('Read everybody');
    console.press(`${tab}${enter}`);
    await console.shows('synchronized');
    await console.shows(/updated +\S+ +First name: Wrong -> /);
    expect(core.users.find(username).firstName).not.toBe('Wrong');
  });

  test('is not possible while no item is switched on', async () => {
    const core = temporaryCore();
    const item = await addItem(core, 'Sales', 'Sales');
    core.synchronization.items.edit(item, { enabled: false });
    const console = await openTab(core);
    for (const key of 'wn') {
      console.press(key);
      await console.shows('No item is switched on.');
      console.press(down);
      await console.showsNoMore('No item is switched on.');
    }
  });
});
