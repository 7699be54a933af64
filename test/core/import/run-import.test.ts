import { describe, expect, test } from 'vitest';
import { listAudit } from '../../../src/core/audit/audit-query.ts';
import { verifyAudit } from '../../../src/core/audit/verify-audit.ts';
import { MfaError } from '../../../src/core/errors.ts';
import { people, person, staffDn } from '../../helpers/directory-people.ts';
import { importInto, kindsOf, MemoryDirectory } from '../../helpers/memory-import.ts';
import { refuseUsers } from '../../helpers/refuse-users.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

const update = { updateExisting: true } as const;
/** The smallest batch, see batches.ts. */
const batch = 1000;

describe('a run', () => {
  test('tells of every batch when it is written, and counts what it read', async () => {
    const core = temporaryCore();
    const reader = temporaryCore({ folder: core.folder });
    const seen: [read: number, current: string | null, stored: number][] = [];
    const { run, lines } = await importInto(core, people(2500), {
      onProgress: ({ counts, current }) =>
        seen.push([counts.read, current, reader.users.list({ exactTotal: true }).total]),
    });
    expect(seen).toEqual([
      [1000, 'user00999', 1000],
      [2000, 'user01999', 2000],
      [2500, 'user02499', 2500],
    ]);
    expect(run).toMatchObject({ state: 'completed', counts: { read: 2500, added: 2500 }, resumes: null });
    expect(lines.map(({ username }) => username)).toEqual(people(2500).map(({ username }) => username));
  });

  test('leaves one audit event for each user that it wrote and one for its end, in an unbroken chain', async () => {
    const core = temporaryCore();
    const ada = person('ada');
    await importInto(core, [ada, person('ben', { username: null })]);
    await importInto(core, [{ ...ada, firstName: 'Ada' }, person('eve')], { rules: update });
    const events = listAudit(core.store, {}, 100).toReversed();
    expect(events.map(({ action, target, result }) => [action, target, result])).toEqual([
      ['user.added', 'ada', 'success'],
      ['run.finished', 'run 1', 'success'],
      ['user.updated', 'ada', 'success'],
      ['user.added', 'eve', 'success'],
      ['run.finished', 'run 2', 'success'],
    ]);
    expect(events[2]?.details).toEqual({
      run: 2,
      directoryId: ada.directoryId,
      fields: { firstName: [null, 'Ada'] },
    });
    expect(events[4]?.details).toMatchObject({ counts: { added: 1, updated: 1 } });
    expect(verifyAudit(core.store, core.audit.key)).toMatchObject({ problems: [] });
  });

  test('reports entries that are no usable user', async () => {
    const core = temporaryCore();
    const directory = new MemoryDirectory([person('ada')]);
    directory.unusable = [{ dn: `CN=S-1-5-21,${staffDn}`, reason: 'it is a member from another domain' }];
    const { run, lines } = await importInto(core, directory);
    expect(lines).toMatchObject([
      {
        change: 'skipped',
        username: `CN=S-1-5-21,${staffDn}`,
        directoryId: null,
        reason: 'it is a member from another domain',
      },
      { change: 'added', username: 'ada' },
    ]);
    expect(run.counts).toMatchObject({ read: 2, added: 1, skipped: 1 });
  });

  test('that only previews writes no user and no audit event, and has its log all the same', async () => {
    const core = temporaryCore();
    const { run } = await importInto(core, [person('ada', { firstName: 'Ada' })], { dryRun: true });
    expect(run).toMatchObject({ dryRun: true, state: 'completed', counts: { added: 1 } });
    expect(core.runs.changes(run.id)).toMatchObject([
      { change: 'added', username: 'ada', fields: { firstName: [null, 'Ada'] }, auditSequence: null },
    ]);
    expect(core.users.list().total).toBe(0);
    expect(listAudit(core.store, {}, 10)).toEqual([]);
  });
});

describe('a run that does not come to its end', () => {
  test('is cancelled after the batch that is being written, keeps it, and is finished by another', async () => {
    const core = temporaryCore();
    const everybody = people(2500);
    const abort = new AbortController();
    const cancelled = await importInto(core, everybody, {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    expect(cancelled.run).toMatchObject({
      state: 'cancelled',
      counts: { read: batch, added: batch },
      error: null,
    });
    expect(usernames(core)).toEqual(everybody.slice(0, batch).map(({ username }) => username));
    expect(core.runs.changes(cancelled.run.id)).toHaveLength(batch);
    expect(listAudit(core.store, { action: 'run' }, 1)).toMatchObject([
      { result: 'failure', reason: 'cancelled', details: { counts: { added: batch } } },
    ]);

    const rest = await importInto(core, everybody, { resumes: cancelled.run.id });
    expect(rest.run).toMatchObject({
      state: 'completed',
      resumes: cancelled.run.id,
      counts: { read: 2500, added: 1500, unchanged: batch },
    });
    expect(usernames(core)).toEqual(everybody.map(({ username }) => username));
  });

  test.each([
    [
      new MfaError('directory.listingIncomplete', 'The listing was cut short after 1,500 entries.', {
        advice: 'Try again.',
      }),
      {
        code: 'directory.listingIncomplete',
        message: 'The listing was cut short after 1,500 entries. Try again.',
      },
    ],
    [new TypeError('cannot read that'), { code: 'internal.unexpected', message: 'cannot read that' }],
  ])(
    'says what happened (%s), keeps its batches, and run again leaves nobody out or twice',
    async (cause, error) => {
      const core = temporaryCore();
      const directory = new MemoryDirectory(people(2500));
      directory.beforePage = (given) => {
        if (given === 1500) throw cause;
      };
      const broken = await importInto(core, directory);
      expect(broken.run).toMatchObject({ state: 'failed', error, counts: { read: batch, added: batch } });
      expect(core.runs.find(broken.run.id)).toEqual(broken.run);
      expect(core.users.list({ exactTotal: true }).total).toBe(batch);
      expect(listAudit(core.store, { action: 'run' }, 1)).toMatchObject([
        { result: 'failure', reason: error.message },
      ]);

      directory.beforePage = () => undefined;
      const again = await importInto(core, directory);
      expect(again.run.counts).toMatchObject({ added: 1500, unchanged: batch, conflicts: 0 });
      expect(usernames(core)).toEqual(directory.people.map(({ username }) => username));
    },
  );

  test('half writes nobody on a full disk', async () => {
    const core = temporaryCore();
    const directory = new MemoryDirectory(people(3000));
    const pragma = (text: string) =>
      Number(Object.values(core.store.prepare<object>(`PRAGMA ${text}`).get() ?? {})[0]);
    await importInto(core, directory.people.slice(0, batch));
    pragma(`max_page_count = ${pragma('page_count') + 100}`);
    const outcome = await importInto(core, directory).then(
      ({ run }) => run.error?.code,
      (error: MfaError) => error.code,
    );
    expect(outcome).toBe('store.full');
    expect(core.runs.list(1)).toMatchObject([{ id: 2, state: 'failed', error: { code: 'store.full' } }]);
    expect(core.users.list({ exactTotal: true }).total).toBe(batch);
    pragma('max_page_count = 1000000');
    expect(core.store.integrityErrors()).toEqual([]);

    const again = await importInto(core, directory);
    expect(again.run.state).toBe('completed');
    expect(usernames(core)).toEqual(directory.people.map(({ username }) => username));
    expect(verifyAudit(core.store, core.audit.key)).toMatchObject({ problems: [] });
  });
});

test('a batch that cannot be committed is not counted', async () => {
  const core = temporaryCore();
  // A broken reference that is looked at only when the transaction ends.
  for (const sql of [
    'CREATE TABLE follower (user INTEGER REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED)',
    'CREATE TRIGGER refusal AFTER INSERT ON users BEGIN INSERT INTO follower VALUES (-1); END',
  ]) {
    core.store.prepare(sql).run();
  }
  const { run } = await importInto(core, [person('ada')]);
  expect(run).toMatchObject({ state: 'failed', counts: { read: 0, added: 0 } });
  expect(usernames(core)).toEqual([]);
});

describe('a user who cannot be written', () => {
  test('is a failed line with the reason, the others are kept, and the next run tries again', async () => {
    const core = temporaryCore();
    const heal = refuseUsers(core.store, 'INSERT', `new.username = 'ben'`);
    const listing = [person('ada'), person('ben'), person('eve')];
    const { run, lines } = await importInto(core, listing);
    expect(run).toMatchObject({ state: 'completed', counts: { read: 3, added: 2, failed: 1 } });
    expect(lines[1]).toMatchObject({
      change: 'failed',
      username: 'ben',
      reason: 'it could not be written: refused',
      fields: {},
      auditSequence: null,
    });
    expect(core.runs.changes(run.id, { change: 'failed' })).toHaveLength(1);
    expect(usernames(core)).toEqual(['ada', 'eve']);

    heal();
    const again = await importInto(core, listing);
    expect(kindsOf(again.lines)).toEqual({ ada: 'unchanged', eve: 'unchanged', ben: 'added' });
  });

  test('keeps the username when it was to go to another', async () => {
    const core = temporaryCore();
    await importInto(core, [person('ada'), person('ben')]);
    const swapped = [person('ada', { username: 'ben' }), person('ben', { username: 'ada' })];
    const heal = refuseUsers(core.store, 'UPDATE', `new.username = 'ada'`);
    const broken = await importInto(core, swapped, { rules: update });
    expect(broken.run).toMatchObject({ state: 'failed', counts: { read: 0 } });
    expect(core.users.find('ada').directoryId).toBe(swapped[0]?.directoryId);

    heal();
    const again = await importInto(core, swapped, { rules: update });
    expect(again.run).toMatchObject({ state: 'completed', counts: { updated: 2 } });
    expect(core.users.find('ada').directoryId).toBe(swapped[1]?.directoryId);
  });
});

function usernames(core: TemporaryCore): string[] {
  return core.users.list().users.map(({ username }) => username);
}
