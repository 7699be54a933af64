import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { changeJson, noCounts } from '../../src/core/runs/run.ts';
import { people, person } from '../helpers/directory-people.ts';
import { leaveRunBehind, startRun } from '../helpers/left-runs.ts';
import { importInto } from '../helpers/memory-import.ts';
import { finish, runCommand, spawnCommand } from '../helpers/run-command.ts';
import { temporaryCore } from '../helpers/temporary-core.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

describe('runs list', () => {
  test('is empty at first, and then has the newest first', async () => {
    const folder = temporaryFolder();
    expect((await runs(folder, 'list')).stdout).toBe('There are no runs yet.\n');
    expect((await runs(folder, 'list', '--json')).json).toEqual({ runs: [] });

    const core = temporaryCore({ folder });
    await importInto(core, [person('ada')]);
    await importInto(core, [person('ada'), person('ben')], { dryRun: true });
    const { exitCode, json } = await runs(folder, 'list', '--json');
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({
      runs: [
        {
          id: 2,
          state: 'completed',
          dryRun: true,
          counts: { read: 2, added: 1, updated: 0, unchanged: 1, skipped: 0, conflicts: 0, failed: 0 },
          seconds: expect.any(Number),
          usersPerSecond: expect.any(Number),
          startedBy: 'admin@test',
        },
        { id: 1, dryRun: false },
      ],
    });
    expect((await runs(folder, 'list', '--limit', '1', '--json')).json).toMatchObject({ runs: [{ id: 2 }] });
    const { stdout } = await runs(folder, 'list');
    expect(stdout).toMatch(/2 .*preview .* 2 .*1 .*admin@test/);
  });

  test('shows the run of a process that was killed as interrupted', async () => {
    const folder = temporaryFolder();
    const core = temporaryCore({ folder });
    core.testClock.now = new Date();
    const id = leaveRunBehind(core);
    expect((await runs(folder, 'list', '--json')).json).toMatchObject({
      runs: [{ id, state: 'interrupted', seconds: 0, usersPerSecond: 0, finishedAt: null }],
    });
  });
});

describe('runs show', () => {
  test('prints changes as an import does, all of them or one kind', async () => {
    const folder = temporaryFolder();
    const core = temporaryCore({ folder });
    await core.users.add({ username: 'user00003' });
    const { run, lines } = await importInto(core, people(1200));
    const changes = await runs(folder, 'show', String(run.id), '--changes', '--json');
    const printed = changes.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(printed.slice(0, -1).sort(byUsername)).toEqual(lines.map(changeJson).sort(byUsername));
    expect(printed.at(-1)).toMatchObject({ run: { id: run.id, counts: { added: 1199, conflicts: 1 } } });

    const conflicts = await runs(folder, 'show', String(run.id), '--change', 'conflict', '--json');
    expect(conflicts.stdout.trimEnd().split('\n')).toHaveLength(2);
    expect((await runs(folder, 'show', String(run.id), '--json')).json).toMatchObject({
      run: { id: run.id, error: null, selection: { scope: 'filter' } },
    });
  });

  test('names twenty of many problems and counts the rest', async () => {
    const folder = temporaryFolder();
    const core = temporaryCore({ folder });
    const { run } = await importInto(core, people(25), { rules: { addNew: false } });
    const { stdout } = await runs(folder, 'show', String(run.id));
    expect(stdout.match(/^ {2}skipped {4}user000/gm)).toHaveLength(20);
    expect(stdout).toContain(`and 5 more: mfa-console runs show ${run.id} --change skipped`);
  });

  test('says how to continue a run that was cut short, and not one that runs, is complete or a preview', async () => {
    const folder = temporaryFolder();
    const core = temporaryCore({ folder });
    core.testClock.now = new Date();
    const { run } = await importInto(core, [person('ada')]);
    const interrupted = leaveRunBehind(core);
    const running = startRun(core, { dryRun: true });
    const setState = (state: string, id: number) =>
      core.store
        .prepare('UPDATE runs SET state = ?, counts = ? WHERE id = ?')
        .run(state, JSON.stringify(run.counts), id);
    setState('interrupted', interrupted);
    expect((await runs(folder, 'show', String(interrupted))).stdout).toContain(
      `"mfa-console import --resume ${interrupted}" does the rest`,
    );
    setState('running', interrupted);
    core.store.prepare('UPDATE runs SET pid = ? WHERE id = ?').run(process.pid, interrupted);
    for (const id of [run.id, interrupted, running]) {
      expect((await runs(folder, 'show', String(id))).stdout).not.toContain('--resume');
    }
  });

  test.each([
    [['show', 'last'], 2, 'usage.invalid'],
    [['show', '1', '--change', 'vanished'], 2, 'usage.invalid'],
    [['list', '--limit', '0'], 2, 'usage.invalid'],
    [['list', '--limit', 'many'], 2, 'usage.invalid'],
    [['show', '7'], 4, 'run.notFound'],
  ] as const)('refuses %j with exit code %i', async (args, exitCode, code) => {
    const result = await runs(temporaryFolder(), ...args, '--json');
    expect(result.exitCode).toBe(exitCode);
    expect(result.json).toEqual({ error: { code, message: expect.any(String) } });
  });
});

function runs(folder: string, ...args: string[]) {
  return runCommand(folder, ['runs', ...args]);
}

function byUsername(left: { username: string | null }, right: { username: string | null }): number {
  return String(left.username) < String(right.username) ? -1 : 1;
}

describe('runs watch', () => {
  const request = {
    kind: 'full',
    reason: 'everybody is read',
    items: [],
    user: null,
    approves: null,
  } as const;

  test('follows a run of another process to its end, and ends as it does', async () => {
    const folder = temporaryFolder();
    const core = temporaryCore({ folder });
    core.testClock.now = new Date();
    const order = { purpose: 'synchronization', request } as const;
    const id = core.runs.start(order, { dryRun: false, resumes: null });
    const child = spawnCommand(folder, ['runs', 'watch', '--json']);
    const ended = finish(child);
    // Only what the program has seen before counts as followed.
    await once(child.stdout, 'data');
    const counts = { ...noCounts, read: 61, held: 7 };
    core.runs.log(id, 1, [], counts);
    core.runs.finish(id, { state: 'awaitingApproval', counts, seconds: 2, error: null });
    const { exitCode, stdout } = await ended;
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines[0]).toMatchObject({ run: { id, state: 'running' } });
    expect(lines.at(-1)).toMatchObject({ run: { id, state: 'awaitingApproval', counts: { held: 7 } } });
    expect(exitCode).toBe(3);
  });

  test('says when there is nothing to follow, or how a run has ended', async () => {
    const folder = temporaryFolder();
    const core = temporaryCore({ folder });
    expect((await runs(folder, 'watch', '--json')).json).toEqual({ run: null });
    await importInto(core, [person('ada')]);
    const { exitCode, stdout } = await runs(folder, 'watch', '1');
    expect(stdout).toContain('Run 1: completed');
    expect(exitCode).toBe(0);
    expect((await runs(folder, 'watch', '9')).exitCode).toBe(4);
  });
});
