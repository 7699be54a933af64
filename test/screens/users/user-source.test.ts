import { describe, expect, test } from 'vitest';
import { fillWithSyntheticUsers } from '../../../bench/synthetic-users.ts';
import { userSource } from '../../../src/screens/users/user-source.ts';
import type { RowQuery } from '../../../src/screens/widgets/table/row-source.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

const byUsername = { column: 'username', isDescending: false };

function query(filter = '', sort: RowQuery['sort'] = byUsername): RowQuery {
  return { filter, sort };
}

async function threeUsers() {
  const core = temporaryCore();
  for (const username of ['ada', 'bob', 'carla']) await core.users.add({ username });
  return { core, source: userSource(core.users) };
}

describe('the users of a list', () => {
  test('come in parts, with the number of all and of those that match', async () => {
    const { source } = await threeUsers();
    const all = await source.load(query(), 1, 1, null);
    expect(all).toMatchObject({ total: 3, totalOfAll: 3, isEstimate: false });
    expect(all.rows.map(({ username }) => username)).toEqual(['bob']);
    expect(await source.load(query('c'), 0, 64, null)).toMatchObject({ total: 1, totalOfAll: 3 });
  });

  test('come in the order that was asked for', async () => {
    const { source } = await threeUsers();
    const reversed = query('', { column: 'username', isDescending: true });
    const { rows } = await source.load(reversed, 0, 2, null);
    expect(rows.map(({ username }) => username)).toEqual(['carla', 'bob']);
  });

  test('are found again near where they were', async () => {
    const { core, source } = await threeUsers();
    const { id } = core.users.find('bob');
    await core.users.add({ username: 'aaron' });
    expect(await source.locate?.(query(), String(id), 1)).toBe(2);
    await core.users.remove(['bob']);
    expect(await source.locate?.(query(), String(id), 1)).toBeNull();
  });

  test('cannot be asked for with a filter that means nothing', async () => {
    const { source } = await threeUsers();
    await expect(source.load(query('state:asleep'), 0, 64, null)).rejects.toMatchObject({
      code: 'filter.invalid',
    });
  });
});

test('an estimated number is corrected by the second part, and marking takes all', async () => {
  const core = temporaryCore();
  fillWithSyntheticUsers(core.dataDirectory.database, 30_000).close();
  const source = userSource(core.users);
  const common = query('@corp.contoso');
  expect(await source.load(common, 0, 64, null)).toMatchObject({ isEstimate: true });
  expect(await source.load(common, 64, 64, null)).toMatchObject({ total: 30_000, isEstimate: false });
  expect(await source.ids(common, 0, Number.MAX_SAFE_INTEGER)).toHaveLength(30_000);
});
