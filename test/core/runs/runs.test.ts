import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { changeJson, changeKinds, noCounts, type RunChange } from '../../../src/core/runs/run.ts';
import { directoryIdOf, people, person, staffDn } from '../../helpers/directory-people.ts';
import { startRun, vanishedProcess } from '../../helpers/left-runs.ts';
import { importInto } from '../../helpers/memory-import.ts';
import { refuseUsers } from '../../helpers/refuse-users.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

const update = { updateExisting: true } as const;
/** What an import never does. */
const ofSynchronization = new Set(['enabled', 'disabled', 'removed', 'held']);

describe('the log of a run', () => {
  test('is read page by page and by kind, and its counts add up', async () => {
    const { core, id, lines } = await runWithEverything();
    const { read, conflicts, ...counts } = core.runs.find(id).counts;
    expect(read).toBe(lines.length);
    expect(conflicts + Object.values(counts).reduce((sum, count) => sum + count)).toBe(read);
    for (const kind of changeKinds.filter((one) => !ofSynchronization.has(one))) {
      const count = kind === 'conflict' ? conflicts : counts[kind];
      expect(count, kind).toBe(lines.filter(({ change }) => change === kind).length);
      expect(count, kind).toBeGreaterThan(0);
      const logged = core.runs.changes(id, { change: kind });
      expect(logged, kind).toHaveLength(kind === 'unchanged' ? 1 : count);
      expect(logged.every(({ change }) => change === kind)).toBe(true);
    }

    const whole = core.runs.changes(id);
    expect(whole.map(({ number }) => number)).toEqual(whole.map((_, index) => index + 1));
    const paged: RunChange[] = [];
    for (let after = 0; ; ) {
      const page = core.runs.changes(id, { after, limit: 7 });
      paged.push(...page);
      after = page.at(-1)?.number ?? after;
      if (page.length < 7) break;
    }
    expect(paged).toEqual(whole);
    expect(core.runs.changes(id, { change: 'added', after: 5, limit: 2 })).toEqual(
      whole.filter(({ change, number }) => change === 'added' && number > 5).slice(0, 2),
    );
  });

  test('has fields before and after, wherever they are stored', async () => {
    const core = temporaryCore();
    await importInto(core, [person('ada', { email: 'old@contoso.test' })]);
    const changed = [person('ada', { email: 'new@contoso.test' })];
    const fields = { email: ['old@contoso.test', 'new@contoso.test'] };
    for (const dryRun of [true, false]) {
      const { run } = await importInto(core, changed, { rules: update, dryRun });
      expect(core.runs.changes(run.id)).toMatchObject([{ change: 'updated', fields }]);
    }
  });
});

describe('a list of the log', () => {
  test('shows any part of all lines, of a kind, or of those with a text', async () => {
    const { core, id } = await runWithEverything();
    const whole = core.runs.changes(id);
    const added = whole.filter(({ change }) => change === 'added');
    expect(core.runs.countChanges(id)).toBe(whole.length);
    expect(core.runs.countChanges(id, { change: 'added' })).toBe(added.length);
    for (const offset of [0, 3, added.length - 2, added.length]) {
      expect(core.runs.changes(id, { offset, limit: 3 })).toEqual(whole.slice(offset, offset + 3));
      const some = core.runs.changes(id, { change: 'added', offset, limit: 3 });
      expect(some).toEqual(added.slice(offset, offset + 3));
    }
    for (const [text, usernames] of [
      ['NOTED', ['noted']],
      ['made by hand', ['by hand']],
      ['100%', []],
      ['_', []],
    ] as const) {
      expect(
        core.runs.changes(id, { text }).map(({ username }) => username),
        text,
      ).toEqual(usernames);
      expect(core.runs.countChanges(id, { text }), text).toBe(usernames.length);
    }
    expect(core.runs.countChanges(id, { text: 'noted', change: 'added' })).toBe(0);
  });
});

describe('an export of the log', () => {
  test('is a JSON document with the run and every line', async () => {
    const { core, id } = await runWithEverything();
    const { run, changes } = JSON.parse([...core.runs.export(id, 'json')].join(''));
    expect(run).toMatchObject({ id, counts: { ...core.runs.find(id).counts } });
    expect(changes).toEqual(core.runs.changes(id).map(changeJson));
  });

  test('is CSV with a line for each person, in which no name becomes a formula', async () => {
    const core = temporaryCore();
    const { run } = await importInto(core, [person('=1+1', { email: 'a@b.test' }), person('ada')]);
    const { run: again } = await importInto(core, [person('ada', { email: 'ada@b.test' })], {
      rules: update,
    });
    const lines = parse([...core.runs.export(run.id, 'csv')].join(''), { columns: true });
    expect(lines).toMatchObject([
      {
        change: 'added',
        username: "'=1+1",
        reason: '',
        fields: expect.stringContaining('email: - -> a@b.test'),
      },
      { change: 'added', username: 'ada', directoryId: directoryIdOf('ada') },
    ]);
    expect([...core.runs.export(again.id, 'csv')].join('')).toContain('email: - -> ada@b.test');
  });
});

describe('the list of runs', () => {
  test('has the newest first, as many as wanted', async () => {
    const core = temporaryCore();
    await importInto(core, [person('ada')]);
    core.testClock.forward(60);
    const last = await importInto(core, [person('ben')], { dryRun: true });
    expect(core.runs.list(10).map(({ id, dryRun }) => [id, dryRun])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(core.runs.list(1)).toEqual([last.run]);
    expect(last.run).toMatchObject({
      purpose: 'import',
      startedAt: '2026-03-02T10:01:00.000Z',
      startedBy: 'admin@test',
      finishedAt: '2026-03-02T10:01:00.000Z',
      request: {
        selection: { scope: 'filter', filter: '(objectClass=user)' },
        rules: { phone: 'mobile', updateExisting: false },
      },
    });
  });

  test('does not know a run that was never there', () => {
    expect(() => temporaryCore().runs.find(7)).toThrowError(
      expect.objectContaining({ code: 'run.notFound', message: 'There is no run 7.' }),
    );
  });

  test('keeps imports for ever and the newest previews, killed ones among them', async () => {
    const core = temporaryCore();
    const killed = startRun(core, { dryRun: true });
    const living = startRun(core, { dryRun: true });
    core.store.prepare('UPDATE runs SET pid = ? WHERE id = ?').run(vanishedProcess(), killed);
    const written = (await importInto(core, [person('ada')])).run.id;
    let last = 0;
    for (let count = 0; count < 25; count += 1) {
      last = (await importInto(core, [person('ada')], { dryRun: true, resumes: written })).run.id;
    }
    const ids = core.runs.list(100).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([living, written, last]));
    expect(ids).not.toContain(killed);
    expect(ids.length).toBeLessThanOrEqual(23);
    expect(core.runs.find(living).state).toBe('running');
  });
});

describe('what may be continued', () => {
  test.each([
    ['completed', false, 'it is completed'],
    ['running', false, 'it is running'],
    ['cancelled', true, 'it is a preview'],
    ['failed', true, 'it is a preview'],
  ] as const)('not a run that is %s (preview: %s)', (state, dryRun, words) => {
    const core = temporaryCore();
    const id = startRun(core, { dryRun });
    core.store.prepare('UPDATE runs SET state = ? WHERE id = ?').run(state, id);
    expect(() => core.runs.findResumable(id)).toThrowError(
      expect.objectContaining({ code: 'run.notResumable', message: expect.stringContaining(words) }),
    );
  });

  test.each(['cancelled', 'failed', 'interrupted'] as const)('a run that is %s', (state) => {
    const core = temporaryCore();
    const id = startRun(core, { dryRun: false });
    core.store.prepare('UPDATE runs SET state = ? WHERE id = ?').run(state, id);
    expect(core.runs.findResumable(id)).toEqual(core.runs.find(id));
  });
});

describe('the import that is not finished', () => {
  function end(core: TemporaryCore, state: string, read = 5, dryRun = false): number {
    const id = startRun(core, { dryRun });
    const counts = JSON.stringify({ ...noCounts, read, added: read });
    core.store.prepare('UPDATE runs SET state = ?, counts = ? WHERE id = ?').run(state, counts, id);
    return id;
  }

  test('is the newest one that was cut short', () => {
    const core = temporaryCore();
    expect(core.runs.findUnfinished()).toBeNull();
    end(core, 'interrupted', 0);
    const id = end(core, 'cancelled');
    end(core, 'failed', 0);
    end(core, 'cancelled', 5, true);
    expect(core.runs.findUnfinished()).toEqual(core.runs.find(id));
  });

  test('is one whose process is gone, not one that runs', () => {
    const core = temporaryCore();
    const id = startRun(core, { dryRun: false });
    expect(core.runs.findUnfinished()).toBeNull();
    core.store.prepare('UPDATE runs SET pid = ? WHERE id = ?').run(vanishedProcess(), id);
    expect(core.runs.findUnfinished()).toMatchObject({ id, state: 'interrupted' });
  });

  test('is none once it was continued or done again', () => {
    const core = temporaryCore();
    const first = end(core, 'interrupted');
    const second = end(core, 'failed');
    core.store.prepare('UPDATE runs SET resumes = ? WHERE id = ?').run(first, second);
    expect(core.runs.findUnfinished()).toMatchObject({ id: second });
    end(core, 'completed');
    expect(core.runs.findUnfinished()).toBeNull();
  });
});

/** A run that has every kind of change. */
async function runWithEverything() {
  const core = temporaryCore();
  const known = [person('same'), person('noted'), person('changed')];
  await importInto(core, known);
  await core.users.add({ username: 'by hand' });
  refuseUsers(core.store, 'INSERT', `new.username = 'refused'`);
  const { run, lines } = await importInto(
    core,
    [
      person('same'),
      person('noted', { phones: { mobile: '12' } }),
      person('changed', { firstName: 'New' }),
      person('by hand'),
      person('nameless', { username: null, dn: `CN=nameless,${staffDn}` }),
      person('refused'),
      ...people(20),
    ],
    { rules: update },
  );
  return { core, id: run.id, lines };
}

describe('the run that writes just now', () => {
  test('is found while its process lives', () => {
    const core = temporaryCore();
    expect(core.runs.running()).toBeNull();
    startRun(core, { dryRun: true });
    expect(core.runs.running()).toBeNull();
    const id = startRun(core, { dryRun: false });
    expect(core.runs.running()).toMatchObject({ id, state: 'running' });
    core.store.prepare('UPDATE runs SET pid = ? WHERE id = ?').run(vanishedProcess(), id);
    expect(core.runs.running()).toBeNull();
  });
});
