import { Readable } from 'node:stream';
import { describe, expect, it, test } from 'vitest';
import { disarm, rearm } from '../../../src/core/formula-text.ts';
import { updateUserRow } from '../../../src/core/store/user-rows.ts';
import type { CsvImportOptions, CsvLine } from '../../../src/core/users/csv-import.ts';
import { exportColumns, readHeader } from '../../../src/core/users/user-csv.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

async function importText(core: TemporaryCore, text: string | Buffer, options: CsvImportOptions = {}) {
  const lines: CsvLine[] = [];
  let unknownColumns: string[] = [];
  for await (const part of core.users.importCsv(Readable.from([Buffer.from(text)]), options)) {
    if ('lines' in part) lines.push(...part.lines);
    else unknownColumns = part.unknownColumns;
  }
  return { lines, unknownColumns };
}

const outcomes = (lines: readonly CsvLine[]) =>
  lines.map(({ line, username, outcome }) => [line, username, outcome]);

describe('importing CSV', () => {
  it('adds users and tells of every line', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'bob' });
    const { lines, unknownColumns } = await importText(
      core,
      'User Name,First name,E-MAIL,Phone,Shoe size\r\n' +
        'ada,Ada,ada@corp.example,(425) 555-0123 x890,38\r\n' +
        'BOB,Bob,,,\r\n' +
        'carol,Carol,no address,,\r\n' +
        ',Nobody,,,\r\n' +
        'Ada,Again,,,\r\n' +
        'dave,Dave,,12,\r\n',
    );
    expect(unknownColumns).toEqual(['Shoe size']);
    expect(outcomes(lines)).toEqual([
      [2, 'ada', 'added'],
      [3, 'BOB', 'skipped'],
      [4, 'carol', 'failed'],
      [5, '', 'failed'],
      [6, 'Ada', 'failed'],
      [7, 'dave', 'failed'],
    ]);
    expect(lines.map(({ reason }) => reason)).toEqual([
      null,
      'the user is already there',
      expect.stringContaining('email must look like'),
      expect.stringContaining('username must not be empty'),
      'The user "Ada" stands already in line 2.',
      expect.stringContaining('The phone number "12"'),
    ]);
    expect(core.users.find('ada')).toMatchObject({ phone: '+14255550123', extension: '890', source: 'csv' });
  });

  it('changes users only with the option, and leaves alone what the file does not have', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada', firstName: 'Ada', phone: '+14255550123', email: 'a@b' });
    const file = 'username;email;enabled\nADA;;no\n';
    expect((await importText(core, file)).lines[0]?.outcome).toBe('skipped');
    const { lines } = await importText(core, file, { update: true });
    expect(lines[0]).toMatchObject({
      outcome: 'updated',
      fields: { email: ['a@b', null], enabled: [true, false] },
    });
    expect(core.users.find('ada')).toMatchObject({
      username: 'ada',
      firstName: 'Ada',
      phone: '+14255550123',
    });
    expect((await importText(core, file, { update: true })).lines[0]?.outcome).toBe('unchanged');
  });

  it('writes nothing in a dry run', async () => {
    const core = temporaryCore();
    const { lines } = await importText(core, 'username\nada\nada\n', { dryRun: true });
    expect(outcomes(lines)).toEqual([
      [2, 'ada', 'added'],
      [3, 'ada', 'failed'],
    ]);
    expect(core.users.list().total).toBe(0);
  });

  test.each([
    ['tabs', 'username\tfirstName\nada\tAda\n'],
    ['semicolons and a byte order mark', '\ufeffusername;firstName\r\nada;Ada\r\n'],
    ['quotes and blank lines', '"username","firstName"\n\n"ada","Ada"\n\n'],
    ['no last line break', 'username,firstName\nada,Ada'],
    ['one column too few and one too many', 'username,firstName,phone\nada,Ada\n'],
    ['semicolons within cells of commas', 'username,firstName,description\nada,Ada,a;b;c;d\n'],
  ])('reads %s', async (_, text) => {
    const core = temporaryCore();
    await importText(core, text);
    expect(core.users.find('ada').firstName).toBe('Ada');
  });

  it('reads a file with one column only', async () => {
    const core = temporaryCore();
    await importText(core, 'username\nada\nbob\n');
    expect(core.users.list().total).toBe(2);
  });

  test.each([
    ['', 'The file is empty'],
    ['a,b\n1,2\n', 'does not name a column "username"'],
    ['username,UPN\na,b\n', 'Two columns of the file are the username'],
    ['username\n"ada', 'cannot be read as CSV'],
    [Buffer.from('username\nm\xfcller\n', 'latin1'), 'not written in UTF-8'],
  ])('refuses %j', async (text, message) => {
    await expect(importText(temporaryCore(), text)).rejects.toMatchObject({
      code: 'csv.invalid',
      message: expect.stringContaining(message),
    });
  });

  it('says that a file is missing', async () => {
    const { createReadStream } = await import('node:fs');
    const parts = temporaryCore().users.importCsv(createReadStream('/nonexistent/users.csv'));
    await expect(parts.next()).rejects.toMatchObject({
      code: 'csv.invalid',
      message: expect.stringContaining('ENOENT'),
    });
  });
});

describe('spreadsheets', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ["'=1", "''=1"],
    ["'plain", "'plain"],
    ['a=1', 'a=1'],
    ['', ''],
  ])('are not given %j as a formula, and an import takes it back', (text, cell) => {
    expect(disarm(text)).toBe(cell);
    expect(rearm(cell)).toBe(text);
  });

  it('know the titles of other programs', () => {
    expect(readHeader(['userPrincipalName', 'Given Name', 'SN', 'Mobile', 'directoryId', ''])).toEqual({
      columns: ['username', 'firstName', 'lastName', 'phone', null, null],
      unknown: [],
    });
  });
});

describe('exporting', () => {
  async function hostileCore(): Promise<TemporaryCore> {
    const core = temporaryCore();
    await core.users.add(
      {
        username: 'ada@corp.example',
        firstName: '=HYPERLINK("http://x","y")',
        lastName: "'@quoted",
        description: 'two\nlines, "quotes"; and\ttabs',
        phone: '+14255550123',
        extension: ',,12#',
        method: 'phoneCall',
        mode: 'pin',
        languagePhoneCall: 'de',
        mayChangePhone: false,
        whenDisabled: 'succeed',
      },
      { pin: '1793' },
    );
    await core.users.add({ username: 'bob', enabled: false });
    const { user } = await core.users.add({ username: 'zoe' });
    updateUserRow(core.store, user.id, {
      first_name: `\u001b[31m\u202e${'x'.repeat(10_000)}\u0000`,
      email: 'not an address',
      directory_id: 'd-1',
      source: 'import',
    });
    return core;
  }

  it('leads to a file that imports again unchanged', async () => {
    const core = await hostileCore();
    const text = [...core.users.export('csv')].join('');
    expect(text.split('\n')[0]).toBe(exportColumns.join(','));
    expect(text).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
    expect(text).toContain(',+14255550123,');
    const { lines, unknownColumns } = await importText(core, text, { update: true });
    expect(unknownColumns).toEqual([]);
    expect(lines.map(({ username, outcome, reason }) => [username, outcome, reason])).toEqual([
      ['ada@corp.example', 'unchanged', null],
      ['bob', 'unchanged', null],
      ['zoe', 'unchanged', null],
    ]);
  });

  it('gives another server the same users', async () => {
    const core = await hostileCore();
    const other = temporaryCore();
    await importText(other, [...core.users.export('csv', 'ada')].join(''));
    const { id, source, createdAt, hasPin, pinSetAt, ...ada } = core.users.find('ada@corp.example');
    expect(other.users.find('ada@corp.example')).toMatchObject(ada);
  });

  it('has no PIN in it, and is valid JSON with everything else', async () => {
    const core = await hostileCore();
    const text = [...core.users.export('json')].join('');
    const { users } = JSON.parse(text) as { users: Record<string, unknown>[] };
    expect(users.map(({ username }) => username)).toEqual(['ada@corp.example', 'bob', 'zoe']);
    expect(users[0]).toMatchObject({
      hasPin: true,
      firstName: '=HYPERLINK("http://x","y")',
      state: 'enabled',
    });
    expect(text + [...core.users.export('csv')].join('')).not.toMatch(/argon2|1793/);
    expect(text).not.toMatch(/[\u0000-\u0009\u001b\u202e]/);
  });

  it('takes a filter and more users than one part', async () => {
    const core = temporaryCore();
    const names = Array.from({ length: 1100 }, (_, index) => `user${index}`);
    await importText(
      core,
      `username,enabled\n${names.map((name, index) => `${name},${index % 2}`).join('\n')}`,
    );
    const { users } = JSON.parse([...core.users.export('json', 'state:enabled')].join('')) as {
      users: object[];
    };
    expect(users).toHaveLength(550);
    expect([...core.users.export('csv')].join('').trimEnd().split('\n')).toHaveLength(1101);
    expect(JSON.parse([...core.users.export('json', 'nobody')].join(''))).toEqual({ users: [] });
    expect(() => core.users.export('csv', 'x:y')).toThrow(
      expect.objectContaining({ code: 'filter.invalid' }),
    );
  });

  it('takes the ids of users, in their order, and passes over those that are gone', async () => {
    const core = temporaryCore();
    await importText(core, 'username\nada\nbob\ncarla\n');
    const [ada, bob, carla] = ['ada', 'bob', 'carla'].map((name) => core.users.find(name).id);
    await core.users.remove(['bob']);
    const text = [...core.users.export('csv', [carla ?? 0, bob ?? 0, ada ?? 0])].join('');
    expect(text.split('\n').map((line) => line.split(',')[0])).toEqual(['username', 'carla', 'ada', '']);
    expect([...core.users.export('csv', [])].join('')).toBe(`${exportColumns.join(',')}\n`);
  });
});
