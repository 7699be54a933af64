import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { people, person } from '../../helpers/directory-people.ts';
import { leaveRunBehind, vanishedProcess } from '../../helpers/left-runs.ts';
import { importInto, MemoryDirectory } from '../../helpers/memory-import.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

describe('while a run writes', () => {
  test('another one is refused and told who writes, a preview is not, and afterwards it may', async () => {
    const core = temporaryCore();
    const other = temporaryCore({ folder: core.folder, actor: 'helpdesk@test' });
    const directory = new MemoryDirectory([person('ada')]);
    let attempts = 0;
    directory.beforePage = async () => {
      attempts += 1;
      await expect(importInto(other, [person('ben')])).rejects.toMatchObject({
        code: 'run.inProgress',
        message: `Another import is running: started 2026-03-02 10:00:00 UTC by admin@test (process ${process.pid} on ${hostname()}).`,
        advice: 'Wait until it has finished, or stop that process; what it has committed stays.',
      });
      const preview = await importInto(other, [person('ben')], { dryRun: true });
      expect(preview.run).toMatchObject({ state: 'completed', counts: { added: 1 } });
    };
    expect((await importInto(core, directory)).run.state).toBe('completed');
    expect(attempts).toBe(1);
    expect((await importInto(other, [person('ben')])).run.state).toBe('completed');
    expect(other.runs.list(10).map(({ dryRun, state }) => [dryRun, state])).toEqual([
      [false, 'completed'],
      [true, 'completed'],
      [false, 'completed'],
    ]);
  });

  test('its lease is released however it ends', async () => {
    const core = temporaryCore();
    const directory = new MemoryDirectory();
    directory.beforePage = () => {
      throw new Error('broken');
    };
    expect((await importInto(core, directory)).run.state).toBe('failed');
    expect((await importInto(core, [person('ada')])).run.state).toBe('completed');
  });

  test('it ends itself when it was silent for so long that another took over', async () => {
    const core = temporaryCore();
    const other = temporaryCore({ folder: core.folder });
    const directory = new MemoryDirectory(people(2500));
    directory.beforePage = async (given) => {
      if (given !== 1500) return;
      other.testClock.forward(61);
      const taken = await importInto(other, directory.people.slice(0, 1200));
      expect(taken.run).toMatchObject({ state: 'completed', counts: { added: 200, unchanged: 1000 } });
    };
    const { run } = await importInto(core, directory);
    expect(run).toMatchObject({
      state: 'interrupted',
      counts: { read: 1000, added: 1000 },
      error: { code: 'run.leaseLost', message: expect.stringContaining('silent for too long') },
    });
    expect(core.users.list({ exactTotal: true }).total).toBe(1200);
    const rest = await importInto(core, directory.people, { resumes: run.id });
    expect(rest.run.counts).toMatchObject({ added: 1300, unchanged: 1200 });
  });
});

describe('a run that a vanished process left behind', () => {
  const deadProcess = vanishedProcess();

  test.each([
    ['killed on this machine', { pid: deadProcess }, 0, true],
    ['alive on this machine', { pid: process.pid }, 59, false],
    ['silent for more than a minute on this machine', { pid: process.pid }, 61, true],
    ['heard of within a minute on another machine', { host: 'other', pid: deadProcess }, 59, false],
    ['silent for more than a minute on another machine', { host: 'other', pid: deadProcess }, 61, true],
  ] as const)('%s: whether it is over is seen', async (_what, holder, silentSeconds, isOver) => {
    const core = temporaryCore();
    const id = leaveRunBehind(core, holder);
    core.testClock.forward(silentSeconds);
    expect(core.runs.find(id).state).toBe(isOver ? 'interrupted' : 'running');
    if (!isOver) {
      await expect(importInto(core, [person('ada')])).rejects.toMatchObject({ code: 'run.inProgress' });
      return;
    }
    expect(core.runs.list(1)).toMatchObject([{ id, state: 'interrupted', finishedAt: null }]);
    const { run } = await importInto(core, [person('ada')], { resumes: id });
    expect(run).toMatchObject({ state: 'completed', resumes: id });
  });

  test('stays interrupted when its machine is heard of again', async () => {
    const core = temporaryCore();
    const id = leaveRunBehind(core, { host: 'other', pid: 1 });
    core.testClock.forward(61);
    await importInto(core, [person('ada')]);
    core.runs.beat(id);
    expect(core.runs.find(id).state).toBe('interrupted');
  });
});
