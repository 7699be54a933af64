import { describe, expect, test } from 'vitest';
import { importRulesSchema } from '../../../src/core/import/import-rules.ts';
import {
  type ImportRun,
  noCounts,
  type RunChange,
  type RunCounts,
  type SyncRun,
} from '../../../src/core/runs/run.ts';
import { readingText } from '../../../src/core/runs/run-texts.ts';
import { noticesOf } from '../../../src/screens/directory-import/notices.ts';
import { changeColumns, changeReport, changeSource } from '../../../src/screens/runs/change-lines.ts';
import { standing, whatText } from '../../../src/screens/runs/run-text.ts';
import {
  initialRun,
  isResumable,
  isRunning,
  kindTabs,
  type RunAction,
  type RunState,
  reduceRun,
} from '../../../src/screens/runs/state.ts';
import { runningText } from '../../../src/screens/runs/watch-running.ts';
import { person } from '../../helpers/directory-people.ts';
import { importInto } from '../../helpers/memory-import.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

const counts: RunCounts = { ...noCounts, read: 427, added: 400, skipped: 20, conflicts: 6, failed: 1 };

function runOf(changes: Partial<ImportRun> = {}): ImportRun {
  return {
    id: 12,
    purpose: 'import',
    state: 'completed',
    dryRun: false,
    request: { selection: { scope: 'users', names: ['ada'] }, rules: importRulesSchema.parse({}) },
    counts,
    startedAt: '2026-03-02T10:00:00.000Z',
    startedBy: 'admin@test',
    finishedAt: '2026-03-02T10:00:01.000Z',
    seconds: 1,
    error: null,
    resumes: null,
    ...changes,
  };
}

function stateAfter(isPreview: boolean, ...actions: RunAction[]): RunState {
  return actions.reduce(reduceRun, initialRun('import', isPreview, 0));
}

describe('a run', () => {
  const progress = { runId: 12, counts, current: 'ada', seconds: 1 };

  test('tells how far it is, of how many as soon as somebody has counted', () => {
    const begun = stateAfter(false, { type: 'begin', isPreview: false, nowMs: 0, total: null });
    const advanced = reduceRun(begun, { type: 'progress', nowMs: 1000, progress });
    expect(advanced).toMatchObject({
      runId: 12,
      counts,
      progress: { done: 427, total: null, current: 'ada' },
    });
    expect(reduceRun(advanced, { type: 'counted', total: 1000 }).progress).toMatchObject({
      done: 427,
      total: 1000,
    });
  });

  test('runs until it has ended, also while it stops', () => {
    const stopping = stateAfter(false, { type: 'stop' });
    expect([initialRun('import', false, 0), stopping].map(isRunning)).toEqual([true, true]);
    const ended = reduceRun(stopping, { type: 'end', run: runOf({ state: 'cancelled' }) });
    expect(isRunning(ended)).toBe(false);
    expect(reduceRun(ended, { type: 'stop' })).toBe(ended);
    expect(isRunning(stateAfter(false, { type: 'broken', failure: 'It is not there.' }))).toBe(false);
  });

  test.each([
    ['completed', false, false],
    ['cancelled', false, true],
    ['failed', false, true],
    ['interrupted', false, true],
    ['cancelled', true, false],
  ] as const)('that is %s (preview: %s) can be continued: %s', (state, isPreview, expected) => {
    expect(isResumable(stateAfter(isPreview, { type: 'end', run: runOf({ state }) }))).toBe(expected);
  });

  test('shows who failed first, unless it was a preview or something else is looked at', () => {
    const end = { type: 'end', run: runOf() } as const;
    expect(stateAfter(false, end).kind).toBe('failed');
    expect(stateAfter(true, end).kind).toBe('all');
    expect(stateAfter(false, { type: 'kind', kind: 'skipped' }, end).kind).toBe('skipped');
    const clean = runOf({ counts: { ...counts, failed: 0 } });
    expect(stateAfter(false, { type: 'end', run: clean }).kind).toBe('all');
  });

  test('begins anew without what was before', () => {
    const ended = stateAfter(true, { type: 'end', run: runOf() });
    const again = reduceRun(ended, { type: 'begin', isPreview: false, nowMs: 5, total: 427 });
    expect(again).toEqual({
      ...initialRun('import', false, 5),
      progress: { ...initialRun('import', false, 5).progress, total: 427 },
    });
  });

  test('says what went wrong', () => {
    const error = { code: 'directory.credentials', message: 'The password is another.' };
    const failed = stateAfter(false, { type: 'end', run: runOf({ state: 'failed', error }) });
    expect(failed.failure).toBe('The password is another.');
  });
});

test.each([
  [true, ['All', 'add 400', 'update 0', 'skip 20', 'conflict 6', 'fail 1']],
  [false, ['All', 'added 400', 'updated 0', 'skipped 20', 'conflict 6', 'failed 1']],
])('the kinds of a run (preview: %s) have their numbers', (isPreview, titles) => {
  const { tabs } = kindTabs(stateAfter(isPreview, { type: 'end', run: runOf() }));
  expect(tabs.map(({ title }) => title)).toEqual(titles);
  expect(tabs.filter(({ hasProblem }) => hasProblem).map(({ id }) => id)).toEqual(['conflict', 'failed']);
});

describe('a synchronization', () => {
  const request = {
    kind: 'full',
    reason: 'everybody is read',
    items: [],
    user: null,
    approves: null,
  } as const;
  const sync = (changes: Partial<SyncRun> = {}): SyncRun => {
    const { purpose: _, request: __, ...facts } = runOf();
    const syncCounts = { ...noCounts, read: 400, updated: 3, held: 46 };
    return { ...facts, purpose: 'synchronization', request, counts: syncCounts, ...changes };
  };
  const ended = (run: SyncRun) =>
    reduceRun(initialRun('synchronization', run.dryRun, 0), { type: 'end', run });

  test('that waits for approval shows first what it holds', () => {
    const state = ended(sync({ state: 'awaitingApproval' }));
    expect(state.kind).toBe('held');
    expect(kindTabs(state).tabs.find(({ id }) => id === 'held')).toMatchObject({
      title: 'held 46',
      hasProblem: true,
    });
    expect(ended(sync({ state: 'rejected' })).kind).toBe('all');
    expect(ended(sync({ state: 'awaitingApproval', dryRun: true })).kind).toBe('all');
  });

  test.each([
    ['completed', false, 'synchronized', 'ok'],
    ['awaitingApproval', false, 'awaits approval', 'warning'],
    ['rejected', false, 'rejected', 'dim'],
    ['superseded', false, 'superseded', 'dim'],
    ['approved', false, 'approved', 'ok'],
    ['interrupted', false, 'interrupted', 'error'],
    ['awaitingApproval', true, 'simulation, nothing is written', 'accent'],
    ['failed', true, 'failed', 'error'],
  ] as const)('that is %s (simulation: %s) says "%s"', (state, dryRun, text, token) => {
    expect(standing(ended(sync({ state, dryRun })))).toEqual({ text, token });
  });

  test('is looked at while it goes on elsewhere, until it has ended', () => {
    const begun = initialRun('synchronization', false, 1000);
    const run = sync({ state: 'running', finishedAt: null, seconds: null });
    const going = reduceRun(begun, { type: 'looked', run, nowMs: 3000 });
    expect(going).toMatchObject({ phase: 'running', runId: 12, progress: { done: 400, nowMs: 3000 } });
    const over = reduceRun(going, { type: 'looked', run: sync({ state: 'interrupted' }), nowMs: 4000 });
    expect(over).toMatchObject({ phase: 'ended', run: { state: 'interrupted' } });
  });

  test('says in words what it is, how it read and why', () => {
    const approval = sync({ request: { ...request, approves: 9 } });
    expect(
      [runOf(), runOf({ dryRun: true }), sync(), sync({ dryRun: true }), approval].map(whatText),
    ).toEqual(['import', 'preview', 'sync, full', 'simulation', 'approval of run 9']);
    expect(readingText(approval)).toBe('Does what was approved of run 9.');
    expect(readingText(runOf())).toBe('');
    expect(readingText(sync({ request: { ...request, kind: 'usn', user: 'ada' } }))).toBe(
      'Read uSNChanged: everybody is read (ada)',
    );
  });

  test('that goes on is told in one line', () => {
    const now = new Date('2026-03-02T10:00:08.400Z');
    expect(runningText(sync({ state: 'running' }), now)).toBe(
      'Run 12 by admin@test: 400 read, 3 updated, 46 held, 8 s',
    );
  });
});

describe('the lines of a run', () => {
  const line: RunChange = {
    change: 'updated',
    username: 'ada',
    directoryId: 'id-1',
    reason: null,
    fields: { email: ['old@x.test', 'new@x.test'], phone: ['+14255550123', null], enabled: [false, true] },
    auditSequence: null,
  };
  const detail = (changes: Partial<RunChange>) =>
    changeColumns.find(({ id }) => id === 'detail')?.value({ ...line, ...changes, number: 1 });

  test.each<[Partial<RunChange>, string]>([
    [{}, 'E-mail: old@x.test -> new@x.test, Phone: +14255550123 -> -, Enabled: no -> yes'],
    [{ change: 'skipped', reason: 'adding new users is off', fields: {} }, 'adding new users is off'],
    [
      {
        change: 'added',
        fields: {
          firstName: [null, 'Ada'],
          lastName: [null, 'King'],
          phone: [null, '+1425'],
          enabled: [null, true],
        },
      },
      'Ada King, +1425',
    ],
    [
      { change: 'added', reason: 'the phone is not valid', fields: { method: [null, 'oathToken'] } },
      'the phone is not valid; no phone, OATH token, disabled',
    ],
    [{ fields: { directoryDn: ['CN=a,DC=x', 'CN=b,DC=x'] } }, 'Distinguished name: CN=a,DC=x -> CN=b,DC=x'],
  ])('say in one line what %j means', (changes, text) => {
    expect(detail(changes)).toBe(text);
  });

  test('say what would be or was done', () => {
    expect(changeReport(line, true)).toMatchObject({
      text: 'ada would be updated.',
      lines: ['E-mail: old@x.test -> new@x.test', 'Phone: +14255550123 -> -', 'Enabled: no -> yes'],
    });
    expect(changeReport({ ...line, change: 'failed', reason: 'it is refused' }, false).text).toBe(
      'ada failed: it is refused.',
    );
  });

  test('come from the log, of one kind or of all, and those with a text', async () => {
    const core = temporaryCore();
    const people = ['ada', 'ben', 'eve'].map((name) => person(name));
    const { run } = await importInto(core, [...people, person('gone', { username: null })]);
    const state = { runId: run.id, kind: 'all', counts: run.counts } as const;
    const query = { filter: '', sort: null };
    const all = await changeSource(core.runs, () => state).load(query, 1, 2, null);
    expect(all).toMatchObject({ rows: [{ username: 'ben' }, { username: 'eve' }], total: 4, totalOfAll: 4 });
    const skipped = changeSource(core.runs, () => ({ ...state, kind: 'skipped' }));
    expect(await skipped.load(query, 0, 64, null)).toMatchObject({ rows: [{ change: 'skipped' }], total: 1 });
    const added = changeSource(core.runs, () => ({ ...state, kind: 'added' }));
    const found = await added.load({ ...query, filter: ' EV ' }, 0, 64, null);
    expect(found).toMatchObject({ rows: [{ username: 'eve' }], total: 1, totalOfAll: 3 });
    const none = changeSource(core.runs, () => ({ ...state, runId: null }));
    expect(await none.load(query, 0, 64, null)).toMatchObject({ rows: [], total: 0 });
  });
});

test.each([
  ['interrupted', 'Run 12 was interrupted after 427 users; c continues it: 1 user'],
  ['cancelled', 'Run 12 was stopped after 427 users; c continues it: 1 user'],
  ['failed', 'Run 12 failed after 427 users; c continues it: 1 user'],
] as const)('a run that was %s is offered to be continued', (state, text) => {
  expect(noticesOf(runOf({ state }), true)).toEqual([text]);
  expect(noticesOf(runOf({ state }), false)).toHaveLength(2);
  expect(noticesOf(null, true)).toEqual([]);
});
