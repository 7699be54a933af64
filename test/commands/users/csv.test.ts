import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { User } from '../../../src/core/users/user.ts';
import { failed, userCommands } from './helpers.ts';

test('users are exported, and imported into an empty installation as they were', async () => {
  const { core, users } = await userCommands();
  const file = join(core.folder, 'users.csv');
  expect((await users('export', '--output', file)).exitCode).toBe(0);
  expect(readFileSync(file, 'utf8')).toMatch(/^username,/);
  const again = await users('export', '--output', file);
  expect(again).toEqual(failed(2, 'Add --yes'));

  const other = await userCommands();
  await other.users('remove', 'ada@corp.example', 'bob@corp.example', 'carla', '--yes');
  const { exitCode, stdout } = await other.users('import-csv', file);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/3 added, 0 updated, 0 unchanged, 0 skipped, 0 failed\n$/);
  const kept = ({ username, firstName, phone, userGroup }: User) => ({
    username,
    firstName,
    phone,
    userGroup,
  });
  expect(other.core.users.list().users.map(kept)).toEqual(core.users.list().users.map(kept));
});

test('every line of a CSV file is reported, and a bad one keeps no other back', async () => {
  const { core, users } = await userCommands();
  const file = join(core.folder, 'new.csv');
  writeFileSync(file, 'username,phone,shoes\ncarla,+12065550144,40\ndora,12,41\nemil,+12065550155,42\n');
  const preview = await users('import-csv', file, '--update', '--dry-run');
  expect(preview.stdout).toMatch(/Would be: 1 added, 1 updated, 0 unchanged, 0 skipped, 1 failed\n$/);
  expect(core.users.list().total).toBe(3);
  const done = await users('import-csv', file, '--update');
  expect(done.exitCode).toBe(1);
  expect(done.stderr).toContain('Columns that are not known and are passed over: shoes');
  expect(done.stdout).toMatch(/line 3: dora failed: The phone number "12"/);
  expect(core.users.find('carla').phone).toBe('+12065550144');
  expect(core.users.find('emil').phone).toBe('+12065550155');
});
