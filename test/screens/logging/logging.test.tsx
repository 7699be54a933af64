import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { verifyAudit } from '../../../src/core/audit/verify-audit.ts';
import { importRulesSchema } from '../../../src/core/import/import-rules.ts';
import { filterTextOf } from '../../../src/screens/logging/events/filter-form.ts';
import { loggingTabs, placeOf, reduceLogging } from '../../../src/screens/logging/state.ts';
import { harmfulCharacters, hostileTexts } from '../../helpers/hostile-texts.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { type ConsoleOptions, openConsole } from '../helpers/console.tsx';
import { themes } from '../helpers/render-frame.tsx';

const down = '\x1b[B';

/** A log with an addition, an edit and a failure, the newest last. */
async function someHistory(): Promise<TemporaryCore> {
  const core = temporaryCore();
  await core.users.add({ username: 'ada', firstName: 'Ada', method: 'mobileApp' });
  await core.users.edit('ada', { firstName: 'Augusta', phone: '+14255550123' });
  core.audit.append({
    action: 'backup.written',
    target: 'mfa.backup',
    result: 'failure',
    reason: 'the disk is full',
    details: { bytes: 0 },
  });
  return core;
}

async function openLogging(options: ConsoleOptions & { core?: TemporaryCore; place?: string } = {}) {
  const core = options.core ?? (await someHistory());
  const console = await openConsole(core, options);
  console.shell.context.goTo('logging', options.place);
  return { core, console };
}

describe.each([
  ['80x24', 80, 24, themes.standard],
  ['120x40 in ASCII', 120, 40, themes.ascii],
])('the audit events at %s', (_, columns, rows, theme) => {
  const size = { columns, rows, theme };

  test('are listed, the newest first', async () => {
    const { console } = await openLogging(size);
    const text = await console.shows('backup.written');
    expect(text).toMatch(/backup\.written[\s\S]*user\.edited[\s\S]*user\.added/);
    expect(text).toMatch(/> {4}\S+ +admin@te\S* +backup\.written +mfa\.backup +failure/);
    if (columns === 120) expect(text).toContain('the disk');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
    if (theme === themes.ascii) expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  });

  test('are not drawn differently by what stands in them', async () => {
    const core = temporaryCore();
    for (const text of hostileTexts) {
      core.audit.append({ action: 'user.edited', target: text, reason: text, details: { [text]: text } });
    }
    const { console } = await openLogging({ ...size, core });
    await console.shows('user.edited');
    const lines = await console.frame.lines();
    expect(lines.join('\n')).not.toMatch(harmfulCharacters);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines[1]).toMatch(/^[─-]+$/);
    console.press('\r');
    for (const _text of hostileTexts) {
      await console.shows('Logging > Event');
      const details = await console.frame.lines();
      expect(details.join('\n')).not.toMatch(harmfulCharacters);
      expect(details[rows - 2]).toContain('n Older');
      console.press('n');
    }
    await console.shows('This is the oldest event.');
  });
});

test('old events are removed after their number was typed', async () => {
  const core = await someHistory();
  core.testClock.forward(400 * 86_400);
  await core.users.disable(['ada']);
  const { console } = await openLogging({ core });
  await console.shows('user.disabled');
  console.press(':remove old');
  await console.shows('Remove old events');
  console.press('\r');
  await console.shows('Older than');
  console.press('\x13');
  await console.shows('Remove 3 events older than 365 days?');
  console.press('\r');
  await console.shows('Type the number, or press Esc.');
  console.press('3\r');
  await console.shows('3 events removed.');
  expect(await console.shows('audit.trimmed')).not.toContain('user.edited');
  expect(verifyAudit(core.store, core.audit.key)).toMatchObject({ ok: true, events: 2 });
});

describe('following the events', () => {
  test('shows what others do, the newest under the cursor', async () => {
    const { core, console } = await openLogging();
    const other = temporaryCore({ folder: core.folder, actor: 'eve@test' });
    await console.shows('backup.written');
    console.press('F');
    await console.shows('Logging > Follow');
    await other.users.disable(['ada']);
    await console.shows(/> {4}\S+ +eve@test +user\.disabled/);
    expect(await console.frame.text()).not.toContain('r to refresh');
    await other.users.enable(['ada']);
    await console.shows(/> {4}\S+ +eve@test +user\.enabled/);
  });

  test('keeps the cursor on an event that is looked at, and the filter', async () => {
    const { core, console } = await openLogging({ place: 'what:user' });
    const other = temporaryCore({ folder: core.folder, actor: 'eve@test' });
    await console.shows('user.edited');
    console.press(`F${down}`);
    await console.shows(/> {4}\S+ +\S+ +user\.added/);
    other.audit.append({ action: 'backup.written', target: 'other.backup' });
    await other.users.disable(['ada']);
    const text = await console.shows('user.disabled');
    expect(text).toMatch(/> {4}\S+ +\S+ +user\.added/);
    expect(text).not.toContain('other.backup');
  });

  test('ends with Esc: nothing moves by itself any more', async () => {
    const { core, console } = await openLogging();
    const other = temporaryCore({ folder: core.folder, actor: 'eve@test' });
    await console.shows('backup.written');
    console.press('F');
    await console.shows('Logging > Follow');
    console.press('\x1b');
    await console.showsNoMore('Logging > Follow');
    await other.users.disable(['ada']);
    expect(await console.shows('changed, r to refresh')).not.toContain('user.disabled');
  });
});

describe('an event', () => {
  test('shows what was before and what is now, field by field', async () => {
    const { console } = await openLogging();
    await console.shows('user.edited');
    console.press(`${down}\r`);
    const text = await console.shows('Logging > Event 2');
    expect(text).toMatch(/First name +Ada -> Augusta/);
    expect(text).toMatch(/Phone +\+14255550123/);
    expect(text).toMatch(/Who +admin@test/);
    console.press('n');
    expect(await console.shows('Logging > Event 1')).toMatch(/Method +Mobile app/);
    console.press('pp');
    expect(await console.shows('Logging > Event 3')).toMatch(/Reason +the disk is full[\s\S]*bytes +0/);
    console.press('p');
    await console.shows('This is the newest event.');
    console.press('\x1b');
    await console.shows(/> {4}\S+ +\S+ +backup\.written/);
  });

  test('of the directory names its settings', async () => {
    const core = temporaryCore();
    const before = core.directorySettings.load();
    const after = {
      ...before,
      type: 'ldap' as const,
      urls: ['ldaps://a', 'ldaps://b'],
      filters: { user: '(a=b)' },
    };
    core.directoryConnection.save({ before, after, password: 'the secret' });
    const { console } = await openLogging({ core });
    await console.shows('directory.chan');
    console.press('\r');
    const text = await console.shows('Logging > Event 1');
    expect(text).toMatch(/type +sample -> ldap/);
    expect(text).toMatch(/urls +ldaps:\/\/a, ldaps:\/\/b/);
    expect(text).toMatch(/filters\.user +\(a=b\)/);
    expect(text).toMatch(/bindPassword +set anew/);
    expect(text).not.toContain('the secret');
  });
});

describe('filtering', () => {
  test('takes words and facets while they are typed, and says what a facet can be', async () => {
    const { console } = await openLogging();
    await console.shows('user.edited');
    console.press('/what:user augusta');
    expect(await console.shows('1 of 3')).toMatch(/> .*user\.edited/);
    console.press('\x15result:bad');
    await console.shows('It can be success, failure, denied.');
    console.press('\x15result:f');
    expect(await console.shows('1 of 3')).toMatch(/> .*backup\.written/);
    console.press('\x1b');
    await console.shows('Newest first');
  });

  test('can be put together in a form', async () => {
    const { console } = await openLogging();
    await console.shows('user.edited');
    console.press(`f\tuser.added\tada\x13`);
    expect(await console.shows('1 of 3')).toContain('Filter: what:user.added target:ada');
  });

  test.each([
    [{ who: 'root', what: '', result: 'denied', text: 'two words' }, 'who:root result:denied two words'],
    [{ since: '7d', target: 'Ada Smith' }, 'target:"Ada Smith" since:7d'],
    [{}, ''],
  ])('writes %j as text', (values, text) => expect(filterTextOf(values)).toBe(text));

  test('shows what was written meanwhile when it is read again', async () => {
    const { core, console } = await openLogging();
    await console.shows('user.edited');
    temporaryCore({ folder: core.folder }).audit.append({ action: 'user.removed', target: 'eve' });
    await console.shows('changed, r to refresh');
    console.press('r');
    expect(await console.shows('user.removed')).toMatch(/> .*backup\.written/);
  });
});

test('what was done in another section is listed at the next visit', async () => {
  const { console } = await openLogging();
  await console.shows('user.edited');
  console.shell.context.goTo('users');
  await console.shows(/> {4}ada /);
  console.press('D');
  await console.shows('Disable ada?');
  console.press('\x1b[C\r');
  await console.shows('ada is disabled');
  console.shell.context.goTo('logging');
  await console.shows('user.disabled');
});

describe('verification', () => {
  test('says that the log is intact, and recognizes its head', async () => {
    const { core, console } = await openLogging();
    await console.shows('user.edited');
    console.press('v');
    const { head } = verifyAudit(core.store, core.audit.key);
    expect(await console.shows('The audit log is intact: 3 events.')).toContain(head);
    console.press(`c${head}\x13`);
    await console.shows('still contains the head');
    console.press(`c${head?.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))}\x13`);
    await console.shows(/was replaced or\s+rewritten/);
    console.press('c3:abc\x13');
    await console.shows('64 digits');
  });

  test('finds what was changed, and says what to do', async () => {
    const core = await someHistory();
    core.store.prepare(`UPDATE audit_events SET actor = 'nobody' WHERE sequence = 2`).run();
    const { console } = await openLogging({ core });
    await console.shows('user.edited');
    console.press('v');
    const text = await console.shows('The audit log is broken');
    expect(text).toMatch(/Event 2 +The event was changed/);
    expect(text).toContain('Find out who could write the database');
  });
});

describe('export', () => {
  test('writes what matches, and replaces a file only when that is wanted', async () => {
    const { console } = await openLogging();
    const file = join(temporaryFolder(), 'events.csv');
    writeFileSync(file, 'old');
    await console.shows('user.edited');
    console.press('/what:user\r');
    await console.shows('2 of 3');
    console.press(`x\t\t${file}\x13`);
    await console.shows('Replace it?');
    console.press('\r');
    await console.showsNoMore('Replace it?');
    expect(readFileSync(file, 'utf8')).toBe('old');
    console.press(`x\t\t${file}\x13`);
    await console.shows('Replace it?');
    console.press('\x1b[C\r');
    await console.shows(`Exported to`);
    const written = readFileSync(file, 'utf8');
    expect(written.split('\n').filter((line) => line.includes(',user.'))).toHaveLength(2);
    expect(written).not.toContain('backup.written');
  });
});

describe('runs', () => {
  const sales = 'OU=Sales,DC=corp,DC=contoso,DC=test';

  async function withRuns(): Promise<TemporaryCore> {
    const core = temporaryCore();
    const selection = { scope: 'container', dn: sales, includeSubtree: true } as const;
    await core.importUsers({ selection, rules: importRulesSchema.parse({}) }, { dryRun: true });
    await core.importUsers({ selection, rules: importRulesSchema.parse({}) });
    return core;
  }

  test('are listed with what they did, and show their changes kind by kind', async () => {
    const { console } = await openLogging({ core: await withRuns(), place: 'runs' });
    expect(await console.shows('[Runs]')).toMatch(
      /> +2 +\S+ +import +completed +86 +86\b[\s\S]* 1 +\S+ +preview/,
    );
    console.press('\r');
    await console.shows('Logging > Run 2');
    expect(await console.shows('added 86')).toMatch(/> {4}added /);
    console.press(']]');
    await console.shows('Nobody.');
    console.press('[');
    await console.shows('[added 86]');
    console.press('\r');
    await console.shows(/First name: - -> \S/);
    console.press('\x1b');
    await console.showsNoMore('First name');
    console.press('/doe');
    await console.shows(/\d of 86/);
  });

  test('are gone to from elsewhere', async () => {
    const { console } = await openLogging({ core: await withRuns(), place: 'run:1' });
    expect(await console.shows('Logging > Run 1')).toContain('nothing is written');
  });

  test('are gone to from the status', async () => {
    const console = await openConsole(await withRuns());
    await console.shows('86 added');
    console.press('Gk\r');
    await console.shows('Logging > Run 2');
  });

  test('and events have places', () => {
    expect(placeOf('runs')).toEqual({ tab: 'runs', run: null });
    expect(placeOf('run:12')).toEqual({ tab: 'runs', run: 12 });
    expect(placeOf('target:jdoe')).toEqual({ tab: 'events', filter: 'target:jdoe' });
    const state = reduceLogging({ tab: 'events' }, { type: 'tab', tab: 'runs' });
    expect(loggingTabs(state)).toMatchObject({ active: 'runs' });
  });
});
