import { expect, test } from 'vitest';
import { nameSpans } from '../../../src/core/personal-data/name-spans.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

const always = Number.MAX_SAFE_INTEGER;

/** A log of renames, one event each, as imports and edits write them. */
function renamed(...renames: readonly [before: string, now: string, directoryId?: string, run?: number][]) {
  const core = temporaryCore();
  core.audit.appendAll(
    renames.map(([before, now, directoryId, run]) => ({
      action: run === undefined ? 'user.edited' : 'user.updated',
      target: now,
      details: { fields: { username: [before, now] }, directoryId: directoryId ?? null, run: run ?? null },
    })),
  );
  return core.store;
}

test('a name that nobody else has had is its owner’s from the beginning', () => {
  expect(nameSpans(renamed(['eve', 'adam']), 'ada', null)).toEqual([{ name: 'ada', after: 0, last: always }]);
});

test('earlier names are followed back to the first one', () => {
  expect(nameSpans(renamed(['ada', 'lovelace'], ['lovelace', 'countess']), 'countess', null)).toEqual([
    { name: 'countess', after: 1, last: always },
    { name: 'lovelace', after: 0, last: 2 },
    { name: 'ada', after: 0, last: 1 },
  ]);
});

test('a name that somebody else gave up begins behind that', () => {
  expect(nameSpans(renamed(['ada', 'lovelace']), 'ada', null)).toEqual([
    { name: 'ada', after: 1, last: always },
  ]);
});

test('who came back to an old name has had both', () => {
  expect(nameSpans(renamed(['ada', 'lovelace'], ['lovelace', 'ada']), 'ada', null)).toEqual([
    { name: 'ada', after: 1, last: always },
    { name: 'lovelace', after: 0, last: 2 },
    { name: 'ada', after: 0, last: 1 },
  ]);
});

test.each([
  ['b', 'id of a', 1],
  ['a', 'id of b', 2],
])('who swapped names in one run keeps what was theirs: now %s', (name, directoryId, sequence) => {
  const store = renamed(['a', 'b', 'id of a', 7], ['b', 'a', 'id of b', 7]);
  const before = name === 'b' ? 'a' : 'b';
  expect(nameSpans(store, name, directoryId)).toEqual([
    { name, after: sequence - 1, last: always },
    { name: before, after: 0, last: sequence },
  ]);
});
