import { describe, expect, test } from 'vitest';
import { importRulesSchema } from '../../../src/core/import/import-rules.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { themes } from '../helpers/render-frame.tsx';
import { keys, openSampleImport } from './open-import.ts';

const { down, up, right, left, tab, enter, esc, end, home, save } = keys;

describe.each([
  [80, 24, themes.standard],
  [120, 40, themes.ascii],
])('looking through the sample directory at %i x %i', (columns, rows, theme) => {
  test('shows containers with counts, who is there, whom an import would take and how', async () => {
    const { console } = await openSampleImport({ columns, rows, theme });
    const text = await console.shows('Whom: corp.contoso.test and below (385 users)');
    expect(text).toMatch(/> v \[ \] corp\.contoso\.test/);
    expect(text).toMatch(/ {4}> \[ \] OU=Engineering +123 /);
    expect(text).toMatch(/Username \^ +Name +Phone/);
    expect(text).toMatch(/abrown.* Ada Brown +\(206\) 555-0111/);
    expect(text).toContain('How:  add, mobile phone, enable new with phone');
    const lines = await console.frame.lines();
    expect(lines[rows - 1]).toBe('');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  test('has room for every view and every form', async () => {
    const { console } = await openSampleImport({ columns, rows, theme });
    for (const [pressed, what] of [
      [`${end}${home}${down}`, 'There is nobody here.'],
      [']', 'All Engineering'],
      [']', 'Enter searches.'],
      [esc, '/ Search'],
      ['[[o', 'Settings of the import'],
      [`${esc}m`, 'Method defaults'],
      [`${esc}l`, 'Language defaults'],
      [`${esc}${home}${enter}`, 'Preview first'],
      [`${esc}?`, 'Import from the directory'],
    ] as const) {
      console.press(pressed);
      await console.shows(what);
      const lines = await console.frame.lines();
      expect(lines[rows - 1], what).toBe('');
      expect(Math.max(...lines.map((line) => line.length)), what).toBeLessThanOrEqual(columns);
    }
  });
});

test('in ASCII nothing is drawn that is not ASCII', async () => {
  const { console } = await openSampleImport({ theme: themes.ascii });
  console.press(`${end}${up}`);
  const text = await console.shows('CN=Users');
  const [, ...ours] = text.split('\n').map((line) => line.slice(0, 34));
  expect(ours.join('\n')).toMatch(/^[\x20-\x7e\n]*$/);
});

describe('containers', () => {
  test('are opened level by level, and the people follow the cursor when it rests', async () => {
    const { console } = await openSampleImport();
    console.press(`${down.repeat(4)}${right}`);
    await console.shows('OU=Engineering and below');
    expect(await console.shows('123 users')).toMatch(/>\s+v \[ \] OU=Engineering/);
    console.press(right);
    const text = await console.shows(/OU=Platform and below +52 users/);
    expect(text).toMatch(/ {6}\[ \] OU=Platform +52/);
    console.press(left);
    await console.shows(/OU=Engineering and below +123 users/);
  });

  test('count with or without what is below them', async () => {
    const { console } = await openSampleImport();
    console.press(`${down.repeat(4)}d`);
    await console.shows('Whom: OU=Engineering only (10 users)   d and below');
    console.press('d');
    await console.shows('Whom: OU=Engineering and below (123 users)   d one level');
  });

  test('are marked with all below, partly where something is left out', async () => {
    const { console } = await openSampleImport();
    console.press(`${down.repeat(4)} ${right}`);
    await console.shows('Whom: 1 marked container (123 users)');
    console.press(`${down}${down} `);
    const text = await console.shows('Whom: 3 marked containers (at most 89 users)');
    expect(text).toMatch(/v \[-\] corp\.contoso\.test/);
    expect(text).toMatch(/v \[-\] OU=Engineering/);
    expect(text).toMatch(/\[x\] OU=Platform/);
    expect(text).toMatch(/\[ \] OU=Quality/);
    console.press('u');
    await console.shows('Whom: OU=Quality and below (34 users)');
  });
});

describe('security groups', () => {
  test('are filtered as typed, and count with the members of groups in them or without', async () => {
    const { console } = await openSampleImport();
    console.press(']');
    await console.shows('[Security groups]');
    await console.shows('All Sales');
    console.press('/sales');
    await console.shows(/> {0}\[ \] All Sales/);
    console.press(enter);
    await console.shows('Whom: All Sales with nested groups (84 users)   d direct only');
    console.press('d');
    await console.shows('Whom: All Sales (0 users)   d nested, too');
    console.press('p');
    await console.shows('There is nobody in All Sales.');
    console.press('d ');
    await console.shows('Whom: 1 marked group with nested groups');
  });

  test('say how many of their members are no users of this domain', async () => {
    const { console } = await openSampleImport();
    console.press(']');
    await console.shows('Accounting');
    console.press('/partner');
    await console.shows('1 user, 1 unusable');
  });
});

describe('a search', () => {
  test('finds by a part of a name, gives the focus to who was found, and selects all of them', async () => {
    const { console } = await openSampleImport();
    console.press(']]');
    await console.shows('[Search]');
    console.press(`smith${enter}`);
    await console.shows('Whom: all found for smith (14 users)');
    console.press(` ${down} `);
    await console.shows('Whom: 2 marked users');
  });

  test('takes an LDAP filter, and says what is wrong with it while it can be mended', async () => {
    const { console } = await openSampleImport();
    console.press(']]');
    await console.shows('[Search]');
    console.press(`(department=Sales${enter}`);
    await console.shows('is not valid: a');
    await console.shows('Whom: nobody');
    console.press(`)${enter}`);
    await console.shows('Whom: all found for (department=Sales) (84 users)');
  });

  test('lets letters be commands after Esc, and is typed again after /', async () => {
    const { console } = await openSampleImport();
    console.press(`]]zzz${esc}o`);
    await console.shows('Settings of the import');
    console.press(`${esc}/\x15muller${enter}`);
    await console.shows('found for muller');
    await console.shows('jmueller');
  });
});

describe('the people', () => {
  test('are sorted, filtered and marked, and marks outlive a change of place', async () => {
    const { console } = await openSampleImport();
    console.press(`${tab}/ada smith${enter}`);
    await console.shows('2 of 385');
    console.press(`  ${esc}`);
    await console.shows('2 marked  385 users');
    console.press('sS');
    await console.shows(/Name v/);
    console.press(`${tab}${end}`);
    await console.shows('CN=Users and below');
    await console.shows('Whom: 2 marked users (2 users)');
  });

  test('who are users already and whose account is disabled have signs of their own', async () => {
    const core = temporaryCore();
    const selection = { scope: 'users', names: ['abrown'] } as const;
    await core.importUsers({ selection, rules: importRulesSchema.parse({}) });
    const { console } = await openSampleImport({ core });
    const text = await console.shows('= imported  - disabled');
    expect(text).toMatch(/> = {2}abrown@/);
    expect(text).toMatch(/ \[ \] abrown2@/);
    console.press(`${tab}/csmith5${enter}`);
    await console.shows(/ - {2}csmith5@/);
  });

  test('show the phone that an import would take', async () => {
    const { console } = await openSampleImport();
    console.press(`o${down.repeat(3)}${right}${save}`);
    await console.shows('How:  add, business phone, enable new with phone');
    await console.shows(/abrown.* Ada Brown +\+1 425-555-/);
  });
});

test('what was set is kept while the console is open', async () => {
  const { console } = await openSampleImport();
  console.press(`o${down} ${save}`);
  await console.shows('How:  add and update');
  console.press(`m${right}${save}`);
  await console.shows('Phone call');
  console.press(`l${right}${save}`);
  await console.shows('English');
  console.press(esc);
  await console.shows('There are no users yet');
  console.press('i');
  await console.shows('How:  add and update, mobile phone, enable new with phone, Phone call, English');
});

test('without a directory of its own the screen says that this is the sample', async () => {
  const { core, console } = await openSampleImport();
  await console.shows('No directory is chosen yet; this is the built-in sample directory.');
  const { settings } = core.directoryConnection.load();
  core.directoryConnection.save({ before: settings, after: settings });
  console.press(esc);
  await console.shows('There are no users yet');
  console.press('i');
  await console.shows('385 users');
  expect(await console.frame.text()).not.toContain('No directory is chosen');
});
