import { describe, expect, test } from 'vitest';
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

describe('the list of runs', () => {
  test('shows how far a run is that goes on, and only tells of newer ones', async () => {
    const core = temporaryCore();
    const other = temporaryCore({ folder: core.folder, actor: 'eve@test' });
    const id = start(other);
    const console = await openConsole(core);
    console.shell.context.goTo('logging', 'runs');
    await console.shows(/> +1 .* running +0 /);
    other.runs.log(id, 1, [line('skipped', 'ada')], { ...noCounts, read: 61, skipped: 1 });
    await console.shows(/> +1 .* running +61 /);
    const counts = { ...noCounts, read: 122, skipped: 1 };
    other.runs.finish(id, { state: 'completed', counts, seconds: 2, error: null });
    expect(await console.shows(/> +1 .* completed +122 /)).not.toContain('r to refresh');
    start(other);
    const told = await console.shows('changed, r to refresh');
    expect(told).toMatch(/> +1 /);
    expect(told).not.toMatch(/ {2}2 .* running/);
    console.press('r');
    expect(await console.showsNoMore('r to refresh')).toMatch(/ {2}2 .* running[^\n]*\n.*> +1 /);
    console.press('[');
    expect(await console.shows('[Audit events]')).not.toContain('r to refresh');
  });

  test('is marked when somebody else has changed something while one of its runs was looked at', async () => {
    const core = temporaryCore();
    const other = temporaryCore({ folder: core.folder, actor: 'eve@test' });
    const id = start(other);
    const console = await openConsole(core);
    console.shell.context.goTo('logging', 'runs');
    await console.shows(/> +1 .* running/);
    console.press('\r');
    await console.shows('Logging > Run 1');
    await other.users.add({ username: 'ada' });
    const counts = { ...noCounts, read: 61 };
    other.runs.finish(id, { state: 'completed', counts, seconds: 2, error: null });
    await console.shows('synchronized');
    console.press('\x1b');
    await console.shows('changed, r to refresh');
  });
});
