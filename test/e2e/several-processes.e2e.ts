import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CommandResult, finish } from '../helpers/run-command.ts';
import { describeWithServer, openLdapServer } from '../servers/require-server.ts';
import { connectedDirectory } from './helpers/connected-directory.ts';
import { type Installation, newInstallation } from './helpers/installation.ts';
import { soundUserCount, waitForUsers } from './helpers/stored-users.ts';

const succeeded = { exitCode: 0, stderr: '' };

describe('several processes at once', () => {
  test('may be the first on a new machine', async () => {
    const mfa = newInstallation();
    const results = await Promise.all(
      numbers(6).map((number) => mfa.run('users', 'add', `user${number}`, '--json')),
    );
    for (const result of results) expect(result).toMatchObject(succeeded);
    expect(await soundUserCount(mfa)).toBe(6);
    expect(statSync(join(mfa.folder, 'master.key')).mode & 0o777).toBe(0o600);
  });

  test('edit one user and many without losing a change, while others list them and an import writes', async () => {
    const mfa = newInstallation();
    await mfa.json('users', 'add', 'ada');
    const edits = 3;
    const fields = ['--first-name', '--last-name', '--group'];
    const editing = fields.map(async (field, editor) => {
      await mfa.json('users', 'add', `user${editor}`);
      for (const number of numbers(edits)) {
        await mfa.json('users', 'edit', 'ada', field, `${field} ${number}`);
        await mfa.json('users', 'edit', `user${editor}`, '--description', `${number}`);
      }
    });
    const importing = mfa.json<{ run: object }>('import', '--container', 'DC=corp,DC=contoso,DC=test');
    const lists: number[] = [];
    const isEditing = { still: true };
    const listing = (async () => {
      while (isEditing.still) lists.push((await mfa.json<{ total: number }>('users', 'list')).total);
    })();
    await Promise.all(editing).finally(() => {
      isEditing.still = false;
    });
    await listing;
    const { run } = await importing;

    expect(run).toMatchObject({ state: 'completed', counts: { conflicts: 0, failed: 0 } });
    expect(lists).toEqual(lists.toSorted((one, other) => one - other));
    expect(lists.length).toBeGreaterThan(2);
    expect(await mfa.json('users', 'show', 'ada')).toMatchObject({
      firstName: `--first-name ${edits}`,
      lastName: `--last-name ${edits}`,
      userGroup: `--group ${edits}`,
      version: 1 + fields.length * edits,
    });
    for (const editor of fields.keys()) {
      const shown = await mfa.json('users', 'show', `user${editor}`);
      expect(shown).toMatchObject({ description: String(edits), version: 1 + edits });
    }
    expect(await editEvents(mfa, 'ada')).toHaveLength(fields.length * edits);
    await soundUserCount(mfa);
  });

  test('see when another was quicker with the same version of a user', async () => {
    const mfa = newInstallation();
    await mfa.json('users', 'add', 'ada');
    const results = await Promise.all(
      numbers(3).map((number) => {
        const email = `ada${number}@corp.example`;
        return mfa.run('users', 'edit', 'ada', '--email', email, '--if-version', '1', '--json');
      }),
    );
    const [losers, winners] = [
      results.filter(({ exitCode }) => exitCode),
      results.filter(({ exitCode }) => !exitCode),
    ];
    for (const loser of losers) expect(loser).toMatchObject(changedMeanwhile);
    expect(winners).toHaveLength(1);
    const emails = winners.map(({ json }) => (json as { user: { email: string } }).user.email);
    expect(await mfa.json('users', 'show', 'ada')).toMatchObject({ email: emails[0], version: 2 });
    expect(await editEvents(mfa, 'ada')).toHaveLength(1);
  });
});

describeWithServer('while an import of many people writes', openLdapServer, () => {
  const people = 20_000;
  const directory = connectedDirectory(people);

  test('another one is refused, and people are edited and listed', async () => {
    const mfa = directory.newInstallation();
    const importing = mfa.start('import', ...directory.everybody, '--json');
    const imported = finish(importing);
    await waitForUsers(mfa, 1);
    const other = mfa.run('import', ...directory.everybody, '--json');
    let edits = 0;
    while (importing.exitCode === null) {
      edits += 1;
      await mfa.json('users', 'edit', 'user00000@contoso.test', '--description', `edit ${edits}`);
      await mfa.json('users', 'list', '--limit', '5');
    }
    expect(await other).toMatchObject({
      exitCode: 5,
      json: {
        error: { code: 'run.inProgress', message: expect.stringContaining(`(process ${importing.pid} on`) },
      },
    });

    const { exitCode, json } = await imported;
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ run: { state: 'completed', counts: { added: people, failed: 0 } } });
    expect(await mfa.json('users', 'show', 'user00000@contoso.test')).toMatchObject({
      description: `edit ${edits}`,
      localFields: ['description'],
      version: 1 + edits,
    });
    expect(await soundUserCount(mfa)).toBe(people);
  });
});

const changedMeanwhile = {
  exitCode: 5,
  json: {
    error: {
      code: 'user.changed',
      message: expect.stringMatching(/"ada" was changed by \S+ at .* version 2/),
    },
  },
} satisfies Partial<CommandResult>;

async function editEvents(mfa: Installation, username: string): Promise<object[]> {
  const filter = ['--action', 'user.edited', '--target', username, '--limit', '1000'];
  return (await mfa.json<{ events: object[] }>('audit', 'list', ...filter)).events;
}

/** 1 to `last`. */
function numbers(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
