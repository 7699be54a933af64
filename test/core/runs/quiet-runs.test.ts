import { expect, test } from 'vitest';
import { readAudit } from '../../../src/core/audit/audit-query.ts';
import { removeQuietRuns } from '../../../src/core/runs/quiet-runs.ts';
import {
  ChangingDirectory,
  container,
  definition,
  synchronizationWith,
} from '../../helpers/changing-directory.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

const day = 86_400;

test('synchronizations that had nothing to do are removed after a while, but for the last one of each day', async () => {
  const core = temporaryCore();
  const directory = new ChangingDirectory();
  const staff = directory.ou('Staff');
  const id = directory.add('ada', staff);
  const sync = synchronizationWith(core, directory);
  sync.items.add('Staff', definition(container(staff)));
  const startedAt: string[] = [];
  const run = async (order: Parameters<typeof sync.run>[0] = { scheduled: true }) => {
    core.testClock.forward(60);
    const { id: number, startedAt: moment } = await sync.run(order);
    startedAt[number] = moment;
    return number;
  };
  const changing = await run();
  const quiet = [await run(), await run()];
  const byHand = await run({});
  directory.change(id, { firstName: 'Ada' });
  const updating = await run();
  const lastOfDay = await run();
  core.testClock.forward(day);
  const nextDay = [await run(), await run()];

  const finished = readAudit(core.store, {}, 0, 100)
    .filter(({ action }) => action === 'run.finished')
    .map(({ target }) => target);
  expect(finished).toEqual([changing, byHand, updating].map((number) => `run ${number}`));

  expect(removeQuietRuns(core.store, startedAt[quiet[0] ?? 0] ?? '')).toBe(0);
  expect(removeQuietRuns(core.store, startedAt[nextDay[1] ?? 0] ?? '')).toBe(3);
  const left = core.runs.list(50).map((one) => one.id);
  expect(left.toReversed()).toEqual([changing, byHand, updating, lastOfDay, nextDay[1]]);
});
