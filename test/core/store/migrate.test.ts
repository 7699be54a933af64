import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { schemaVersion } from '../../../src/core/store/migrate.ts';
import { initialSchema } from '../../../src/core/store/migrations/001-initial.ts';
import { Store } from '../../../src/core/store/store.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

test('a database of the first version keeps its data, gets the tables of today, and leaves a copy', () => {
  const file = join(temporaryFolder(), 'mfa-console.db');
  const old = new Database(file);
  old.exec(initialSchema);
  old.exec(`INSERT INTO settings VALUES ('company', '{"blockDays":7}', 1, '2026-01-01', 'admin@test')`);
  old.pragma('user_version = 1');
  old.close();

  const store = new Store(file);
  expect(store.prepare('SELECT name, value FROM settings').all()).toEqual([
    { name: 'company', value: '{"blockDays":7}' },
  ]);
  expect(store.prepare('SELECT * FROM template_overrides').all()).toEqual([]);
  expect(store.prepare('PRAGMA user_version').get()).toEqual({ user_version: schemaVersion });
  store.close();
  expect(existsSync(`${file}.before-${schemaVersion}`)).toBe(true);
});
