import { expect, test } from 'vitest';
import { noCounts, type RunChange, type SyncRequest } from '../../../src/core/runs/run.ts';
import { vanishedProcess } from '../../helpers/left-runs.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { openConsole } from '../helpers/console.tsx';

const request: SyncRequest = {
  kind: 'full',
  reason: 'everybody is read',
  items: [],
  user: null,
  approves: null,
};

function start(core: TemporaryCore): number {
  return core.runs.start({ purpose: 'synchronization', request }, { dryRun: false, resumes: null });
}

const line = (change: RunChange['change'], username: string): RunChange => ({
  change,
  username,
  directoryId: `id of ${username}`,
  reason: 'it was so',
  fields: {},
  auditSequence: null,
});

test('a run that another process does is followed to its end', async () => {
  const core = temporaryCore();
  const other = temporaryCore({ folder: core.folder, actor: 'eve@test' });
  const id = start(other);
  const console = await openConsole(core);
  console.shell.context.goTo('logging', `run:${id}`);
  expect(await console.shows('synchronizing')).toContain('Read full: everybody is read');
  other.runs.log(id, 1, [line('skipped', 'ada')], { ...noCounts, read: 61, skipped: 1 });
  await console.shows('ada');
  await console.shows('skipped 1');
  const counts = { ...noCounts, read: 122, skipped: 1, held: 1 };
  other.runs.log(id, 2, [line('held', 'ben')], counts);
  other.runs.finish(id, { state: 'awaitingApproval', counts, seconds: 2, error: null });
  await console.shows('awaits approval');
  expect(await console.shows('[held 1 !]')).toMatch(/held +ben/);
});

test('a run whose process is gone is shown as interrupted', async () => {
  const core = temporaryCore();
  const id = start(core);
  const console = await openConsole(core);
  console.shell.context.goTo('logging', `run:${id}`);
  await console.shows('synchronizing');
  core.store.prepare('UPDATE runs SET pid = ? WHERE id = ?').run(vanishedProcess(), id);
  await console.shows('interrupted');
});
