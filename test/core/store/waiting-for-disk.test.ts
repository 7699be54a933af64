import { expect, test } from 'vitest';
import { people } from '../../helpers/directory-people.ts';
import { importInto } from '../../helpers/memory-import.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

/** SQLite's numbers for its setting `synchronous`. */
const normal = 1;
const full = 2;

function waiting({ store }: TemporaryCore) {
  return store.prepare<{ synchronous: number }>('PRAGMA synchronous').get()?.synchronous;
}

test('every transaction waits for the disk', () => {
  expect(waiting(temporaryCore())).toBe(full);
});

test('batches of an import do not wait for the disk, and the end of the run does', async () => {
  const core = temporaryCore();
  const seen: unknown[] = [];
  await importInto(core, people(1500), { onProgress: () => seen.push(waiting(core)) });
  expect(seen).toEqual([normal, normal]);
  expect(waiting(core)).toBe(full);
});

test('work that fails lets the next transactions wait for the disk again', async () => {
  const core = temporaryCore();
  const work = core.store.withoutWaitingForDisk(async () => {
    throw new Error('no more');
  });
  await expect(work).rejects.toThrow('no more');
  expect(waiting(core)).toBe(full);
});
