import { serialize } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { packPage } from '../../../src/core/directory/reader/packed-page.ts';
import { UnopenedPage } from '../../../src/core/directory/reader/unopened-page.ts';
import { directoryIdOf, people, person } from '../../helpers/directory-people.ts';
import { importInto } from '../../helpers/memory-import.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

describe('a batch that is planned and written in parts', () => {
  const crowd = people(10_200);
  const [first] = crowd;
  // Batches have 2,000 people from the 8,000th on: "late" is in the same one as "early", a part later.
  const listing = [
    ...crowd.slice(0, 8_100),
    person('early', { username: 'wanted' }),
    ...crowd.slice(8_100, 9_600),
    person('late', { username: 'WANTED' }),
    ...(first === undefined ? [] : [first]),
    ...crowd.slice(9_600),
  ];

  test('knows in each part what the earlier ones have written', async () => {
    const core = temporaryCore();
    const { run, lines } = await importInto(core, listing);
    expect(run).toMatchObject({
      state: 'completed',
      counts: { read: 10_202, added: 10_201, conflicts: 1, failed: 0 },
    });
    expect(lines.filter(({ change }) => change !== 'added')).toMatchObject([
      { change: 'conflict', username: 'WANTED', directoryId: directoryIdOf('late') },
    ]);
    const numbers = core.runs.changes(run.id).map(({ number }) => number);
    expect(numbers).toEqual(Array.from({ length: 10_202 }, (_, index) => index + 1));
    // Found by the search index, from the first and the last part of a batch.
    for (const filter of ['user08050', 'user10199', 'wanted']) {
      expect(core.users.list({ filter }), filter).toMatchObject({ total: 1 });
    }
  });
});

describe('a page of the reader', () => {
  const [ada] = people(1);
  const page = { users: ada ? [ada] : [], unusable: [{ dn: 'CN=x', reason: 'it has no id' }] };

  test('says its size and gives what was read', () => {
    const unopened = new UnopenedPage(serialize(packPage(page)), 2);
    expect(unopened.size).toBe(2);
    expect(unopened.users).toEqual([{ ...ada, digest: expect.any(String) }]);
    expect(unopened.unusable).toEqual(page.unusable);
    expect(unopened.users).toBe(unopened.users);
  });
});
