import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { fileBytes } from '../../src/core/file-bytes.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

test('a file that cannot be read fails when it is read, however late that is', async () => {
  const bytes = fileBytes(join(temporaryFolder(), 'nowhere.csv'));
  await setTimeout(20);
  await expect(bytes.next()).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a file is read to its end', async () => {
  const file = join(temporaryFolder(), 'users.csv');
  const text = 'ü'.repeat(100_000);
  writeFileSync(file, text);
  expect(await textOf(fileBytes(file))).toBe(text);
});
