import { describe, expect, test } from 'vitest';
import { addSeconds } from '../../../../src/core/clock.ts';
import { MfaError } from '../../../../src/core/errors.ts';
import { writingRunLease } from '../../../../src/core/import/execute-run.ts';
import { Lease } from '../../../../src/core/runs/lease.ts';
import { keepSynchronized } from '../../../../src/core/sync/schedule/keep-synchronized.ts';
import type { ScheduleEvent } from '../../../../src/core/sync/schedule/schedule-event.ts';
import type { SchedulerContext } from '../../../../src/core/sync/schedule/scheduler.ts';
import { Synchronization } from '../../../../src/core/sync/synchronization.ts';
import {
  ChangingDirectory,
  container,
  definition,
  synchronizationWith,
} from '../../../helpers/changing-directory.ts';
import { vanishedProcess } from '../../../helpers/left-runs.ts';
import { temporaryCore } from '../../../helpers/temporary-core.ts';

/** A core whose users come from an OU of ten people, and the schedule of a service on it. */
function open({ folder, intervalMinutes = 15 }: { folder?: string; intervalMinutes?: number } = {}) {
  const core = temporaryCore(folder === undefined ? {} : { folder });
  const directory = new ChangingDirectory();
  const staff = directory.ou('Staff');
  directory.addMany(10, staff, 'p');
  const synchronization = synchronizationWith(core, directory);
  if (folder === undefined) synchronization.items.add('Staff', definition(container(staff)));
  core.syncSettings.save({ ...core.syncSettings.load(), enabled: true, intervalMinutes });
  const context: SchedulerContext = {
    ...core,
    items: synchronization.items,
    wait: core.testClock.wait,
    synchronize: (order, options) => synchronization.run(order, options),
  };
  const events: ScheduleEvent[] = [];
  return {
    core,
    directory,
    synchronization,
    context,
    events,
    kinds: () => events.map(({ kind }) => kind),
    /** Seconds from the start of one run to that of the next. */
    gaps: () => {
      const starts = core.runs
        .list(100)
        .toReversed()
        .map(({ startedAt }) => Date.parse(startedAt) / 1000);
      return starts.slice(1).map((one, index) => one - (starts[index] ?? 0));
    },
    /** Lets the service run until something was told. */
    async until(isEnough: (event: ScheduleEvent) => boolean, changed: Partial<SchedulerContext> = {}) {
      const stop = new AbortController();
      await keepSynchronized(
        { ...context, ...changed },
        {
          signal: stop.signal,
          onEvent(event) {
            events.push(event);
            if (isEnough(event)) stop.abort();
          },
        },
      );
    },
  };
}

/** True when something of a kind was told so often. */
function times(kind: ScheduleEvent['kind'], count: number) {
  let seen = 0;
  return (event: ScheduleEvent) => event.kind === kind && ++seen === count;
}

describe('the service', () => {
  test('synchronizes at once, and then from start to start', async () => {
    const { core, events, gaps, until } = open();
    await until(times('syncFinished', 4));
    expect(core.users.list().total).toBe(10);
    expect(gaps()).toHaveLength(3);
    for (const gap of gaps()) expect(Math.abs(gap - 900)).toBeLessThanOrEqual(31);
    expect(core.runs.list(1)[0]).toMatchObject({ request: { scheduled: true } });
    expect(events.slice(0, 3)).toMatchObject([
      { kind: 'syncStarted' },
      { kind: 'syncFinished', run: { counts: { added: 10 } } },
      { kind: 'syncScheduled' },
    ]);
  });

  test('counts from the start, however long a run takes, and makes up for none that was missed', async () => {
    const { core, directory, gaps, until } = open();
    directory.beforePage = (_, { scope }) => scope === 'container' && core.testClock.forward(600);
    await until(times('syncFinished', 3));
    for (const gap of gaps()) expect(Math.abs(gap - 900)).toBeLessThanOrEqual(31);
    const runs = core.runs.list(100).length;
    directory.beforePage = () => undefined;
    core.testClock.forward(86_400);
    await until(times('syncScheduled', 1));
    expect(core.runs.list(100)).toHaveLength(runs + 1);
  });

  test('goes on where it was after a restart, neither at once nor from the beginning', async () => {
    const { core, gaps, until } = open();
    await until(times('syncFinished', 1));
    core.testClock.forward(600);
    await until(times('syncFinished', 1));
    expect(Math.abs((gaps()[0] ?? 0) - 900)).toBeLessThanOrEqual(31);
  });

  test('counts a synchronization that somebody else started, and no simulation', async () => {
    const { core, synchronization, until } = open();
    await until(times('syncFinished', 1));
    core.testClock.forward(300);
    await synchronization.run({}, { dryRun: true });
    await synchronization.run({});
    await until(times('syncFinished', 1));
    const [newest, before] = core.runs.list(10).filter(({ dryRun }) => !dryRun);
    const gap = Date.parse(newest?.startedAt ?? '') - Date.parse(before?.startedAt ?? '');
    expect(Math.abs(gap / 1000 - 900)).toBeLessThanOrEqual(31);
  });

  test('takes up changed settings while it waits', async () => {
    const { core, gaps, kinds, until } = open({ intervalMinutes: 1440 });
    let seconds = 0;
    const change = (enabled: boolean, intervalMinutes: number) =>
      core.syncSettings.save({ ...core.syncSettings.load(), enabled, intervalMinutes });
    await until(times('syncFinished', 2), {
      async wait(ms, signal) {
        await core.testClock.wait(ms, signal);
        seconds += 1;
        if (seconds === 100) change(false, 1440);
        if (seconds === 500) change(true, 10);
      },
    });
    expect(Math.abs((gaps()[0] ?? 0) - 600)).toBeLessThanOrEqual(31);
    expect(kinds()).toEqual([
      'syncStarted',
      'syncFinished',
      'syncScheduled',
      'syncIdle',
      'syncScheduled',
      'syncStarted',
      'syncFinished',
    ]);
  });

  test('does nothing without an item that is switched on', async () => {
    const { core, events, synchronization, until } = open();
    await synchronization.items.remove('Staff');
    await until(() => true);
    expect(events).toEqual([
      { kind: 'syncIdle', why: 'There is no synchronization item that is switched on.' },
    ]);
    expect(core.runs.list(1)).toEqual([]);
  });

  test('tries again soon after a failure, later after every further one, and says why', async () => {
    const { core, directory, events, gaps, until } = open({ intervalMinutes: 5 });
    const fault = new MfaError('directory.disconnected', 'The connection was lost.');
    directory.beforePage = () => {
      throw fault;
    };
    await until(times('syncFailed', 7));
    const expected = [10, 30, 60, 120, 300, 300];
    expect(gaps()).toHaveLength(expected.length);
    gaps().forEach((gap, index) => {
      expect(Math.abs(gap - (expected[index] ?? 0))).toBeLessThanOrEqual(16);
    });
    expect(events.find(({ kind }) => kind === 'syncFailed')).toMatchObject({
      why: 'The connection was lost.',
    });
    directory.beforePage = () => undefined;
    await until(times('syncScheduled', 2));
    expect(core.synchronization.schedule()).toMatchObject({ failures: 0, failingSince: null });
  });

  test('notes an attempt whose directory cannot be connected to as a failed run', async () => {
    const { core, directory, until } = open();
    const unreachable = new Synchronization({
      ...core,
      listUsers: (selection, options) => directory.users(selection, options),
      async openDirectory() {
        throw new MfaError('directory.unreachable', 'There is no way to dc1.');
      },
    });
    await until(times('syncFailed', 2), {
      synchronize: (order, options) => unreachable.run(order, options),
    });
    const failed = { state: 'failed', error: { code: 'directory.unreachable' } };
    expect(core.runs.list(10)).toMatchObject([failed, failed]);
    expect(core.synchronization.schedule()).toMatchObject({
      failures: 2,
      failingSince: core.runs.find(1).startedAt,
    });
  });

  test('waits longer and longer when not even a run can be noted', async () => {
    const { core, until } = open();
    const attempts: number[] = [];
    await until(times('syncFailed', 4), {
      async synchronize() {
        attempts.push(core.testClock.now.getTime() / 1000);
        throw new Error(`the thread ended for the ${attempts.length}. time`);
      },
    });
    const gaps = attempts.slice(1).map((one, index) => Math.round(one - (attempts[index] ?? 0)));
    expect(gaps).toEqual([10, 30, 60]);
  });

  test('waits for a run of another process without an error', async () => {
    const { core, kinds, until } = open();
    const lease = Lease.acquire(core.store, core.clock, writingRunLease, 'ada@test', 'import');
    let seconds = 0;
    await until(times('syncFinished', 1), {
      async wait(ms, signal) {
        await core.testClock.wait(ms, signal);
        seconds += 1;
        if (seconds === 5) lease.release();
      },
    });
    expect(kinds()).toEqual(['syncWaiting', 'syncStarted', 'syncFinished']);
    expect(core.runs.list(10)).toHaveLength(1);
  });

  test('does the rest soon after the process of a run has vanished', async () => {
    const { core, directory, events, until } = open({ intervalMinutes: 1440 });
    await until(times('syncFinished', 1));
    directory.addMany(5, directory.ou('Staff'), 'q');
    core.testClock.forward(3600);
    core.store
      .prepare(`INSERT INTO runs (purpose, state, dry_run, request, counts, started_at, started_by, host, pid,
        heartbeat_at) SELECT purpose, 'running', 0, request, counts, ?, started_by, host, ?, ? FROM runs`)
      .run(core.clock().toISOString(), vanishedProcess(), core.clock().toISOString());
    expect(core.synchronization.schedule()).toMatchObject({
      newest: { state: 'interrupted' },
      failures: 1,
      isRunning: false,
    });
    const before = core.clock();
    await until(times('syncFinished', 1));
    expect(events.at(-1)).toMatchObject({ run: { counts: { added: 5 } } });
    expect(core.clock().getTime() - before.getTime()).toBeLessThan(40_000);
    expect(core.runs.find(2).state).toBe('interrupted');
  });

  test('that is told to stop ends its run after the batch, and does the rest soon after it starts again', async () => {
    const { core, directory, synchronization, context, events } = open({ intervalMinutes: 1440 });
    directory.pageSize = 2;
    const stop = new AbortController();
    directory.beforePage = (given) => {
      if (given > 5) stop.abort();
    };
    const start = (signal: AbortSignal) =>
      keepSynchronized(context, { signal, onEvent: (event) => events.push(event) });
    await start(stop.signal);
    expect(events.at(-1)).toMatchObject({ kind: 'syncStopped', run: { state: 'cancelled' } });
    const { nextAt } = synchronization.schedule();
    expect(Date.parse(nextAt ?? '')).toBeLessThan(addSeconds(core.clock(), 40).getTime());
  });

  test('leaves the work to another one, and takes over when that is gone', async () => {
    const { core, events, kinds, until } = open();
    core.store
      .prepare(`INSERT INTO leases VALUES ('service', 'other', 'elsewhere', 1, 'ada@test', 'service', ?, ?)`)
      .run(core.clock().toISOString(), core.clock().toISOString());
    expect(core.synchronization.schedule().service).toMatchObject({ host: 'elsewhere' });
    await until(times('syncFinished', 1));
    expect(kinds()).toEqual(['syncStandby', 'syncStarted', 'syncFinished']);
    expect(events[0]).toMatchObject({ why: expect.stringContaining('process 1 on elsewhere') });
    expect(core.synchronization.schedule().service).toBeNull();
  });
});

describe('the schedule', () => {
  test('says when the next is due, and that it is late', async () => {
    const { core, until } = open();
    await until(times('syncFinished', 1));
    const { nextAt, isLate, lastDone } = core.synchronization.schedule();
    expect(lastDone).toMatchObject({ id: 1, state: 'completed' });
    expect(Math.abs(Date.parse(nextAt ?? '') - core.clock().getTime() - 900_000)).toBeLessThan(31_000);
    expect(isLate).toBe(false);
    core.testClock.forward(900 + 31 + 180);
    expect(core.synchronization.schedule()).toMatchObject({ nextAt, isLate: true });
  });

  test('has no next one while it is switched off', async () => {
    const { core } = open();
    core.syncSettings.save({ ...core.syncSettings.load(), enabled: false });
    expect(core.synchronization.schedule()).toMatchObject({ idle: 'off', nextAt: null, isLate: false });
  });
});
