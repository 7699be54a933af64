import { describe, expect, test } from 'vitest';
import type { DirectoryUser } from '../../../src/core/directory/directory.ts';
import { directoryIdOf, person } from '../../helpers/directory-people.ts';
import { importInto, kindsOf } from '../../helpers/memory-import.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

const update = { updateExisting: true } as const;

describe('the same username for two', () => {
  test('another person of the directory is a conflict, and nothing changes', async () => {
    const core = await coreWith(person('ada', { email: 'first@contoso.test' }));
    const before = core.users.find('ada');
    const again = person('ADA', { email: 'second@contoso.test' });
    const { run, lines } = await importInto(core, [again], { rules: { ...update, takeOver: true } });
    expect(lines).toMatchObject([
      {
        change: 'conflict',
        username: 'ADA',
        directoryId: again.directoryId,
        reason: `the username belongs to another person of the directory (${before.directoryId}); rename one of them`,
        fields: {},
      },
    ]);
    expect(run).toMatchObject({ state: 'completed', counts: { conflicts: 1 } });
    expect(core.users.list().users).toEqual([before]);
  });

  test('the first of two in one listing is added, in whatever way the name is written', async () => {
    const core = temporaryCore();
    const { lines } = await importInto(core, [person('ﬁona'), person('FIONA'), person('fiona')]);
    expect(lines.map(({ change }) => change)).toEqual(['added', 'conflict', 'conflict']);
    expect(core.users.list().total).toBe(1);
  });

  test('a user made by hand is reported, and taken over only when that is asked for', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'Ada', email: 'own@contoso.test', phone: '+14255550123' });
    const before = core.users.find('ada');
    const ada = person('ada', { email: 'ada@contoso.test', phones: { mobile: '+14255550199' } });

    const reported = await importInto(core, [ada], { rules: update });
    expect(reported.lines).toMatchObject([
      { change: 'conflict', reason: 'a user with this username was made by hand; take it over or rename it' },
    ]);
    expect(core.users.find('ada')).toEqual(before);

    const taken = await importInto(core, [ada], { rules: { takeOver: true } });
    expect(taken.lines).toMatchObject([
      {
        change: 'updated',
        reason: 'a user made by hand was taken over',
        fields: {
          username: ['Ada', 'ada'],
          email: ['own@contoso.test', 'ada@contoso.test'],
          phone: ['+14255550123', '+14255550199'],
          directoryId: [null, ada.directoryId],
        },
      },
    ]);
    expect(core.users.find('ada')).toMatchObject({
      id: before.id,
      source: 'import',
      directoryId: ada.directoryId,
      createdAt: before.createdAt,
    });
    const again = await importInto(core, [ada], { rules: { takeOver: true } });
    expect(again.lines).toMatchObject([{ change: 'unchanged' }]);
  });

  test('a user made by hand is taken over by one person only', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada' });
    const { lines } = await importInto(core, [person('ada'), person('ADA')], { rules: { takeOver: true } });
    expect(lines.map(({ change }) => change)).toEqual(['updated', 'conflict']);
    expect(core.users.find('ada').directoryId).toBe(directoryIdOf('ada'));
  });

  test('a rename to a username that another user has is a conflict, and nothing of it is taken over', async () => {
    const core = await coreWith(person('ada'));
    await core.users.add({ username: 'ben' });
    const renamed = person('ada', { username: 'Ben', firstName: 'Ada' });
    const { lines } = await importInto(core, [renamed], { rules: { ...update, takeOver: true } });
    expect(lines).toMatchObject([
      {
        change: 'conflict',
        username: 'ada',
        reason: 'it is now called Ben in the directory, but that username belongs to another user',
      },
    ]);
    expect(core.users.find('ada')).toMatchObject({ firstName: null, version: 1 });
  });

  test('a person whom a listing repeats is taken once', async () => {
    const core = temporaryCore();
    const ada = person('ada');
    const { run, lines } = await importInto(core, [ada, person('ben'), ada]);
    expect(kindsOf(lines)).toEqual({ ada: 'added', ben: 'added' });
    expect(run.counts).toMatchObject({ read: 2, added: 2, conflicts: 0 });
  });
});

describe('usernames that change hands in one batch', () => {
  test.each([
    ['swap', { ada: 'ben', ben: 'ada' }],
    ['go round', { ada: 'ben', ben: 'eve', eve: 'ada' }],
    ['shift, the last first', { eve: 'fay', ben: 'eve', ada: 'ben' }],
    ['shift, the first first', { ada: 'ben', ben: 'eve', eve: 'fay' }],
    ['change their case only', { ada: 'Ada', ben: 'BEN' }],
  ] as const)('people who %s keep their users', async (_what, names) => {
    const core = await coreWith(person('ada'), person('ben'), person('eve'));
    const { run, lines } = await importInto(core, renamed(names), { rules: update });
    expect(lines.map(({ change, reason }) => [change, reason])).toEqual(
      Object.keys(names).map(() => ['updated', null]),
    );
    expect(run.counts.failed).toBe(0);
    for (const [before, after] of Object.entries(names)) {
      expect(core.users.find(after)).toMatchObject({ username: after, directoryId: directoryIdOf(before) });
      expect(core.users.list({ filter: after.toLowerCase() }).users).toMatchObject([{ username: after }]);
    }
    const again = await importInto(core, renamed(names), { rules: update });
    expect(again.run.counts).toMatchObject({ unchanged: lines.length, updated: 0 });
  });

  test('a username that is given up is free for a new person of the same batch', async () => {
    const core = await coreWith(person('ada'));
    const newAda = person('new ada', { username: 'ada' });
    const { lines } = await importInto(core, [newAda, ...renamed({ ada: 'ada.old' })], { rules: update });
    expect(kindsOf(lines)).toEqual({ 'ada.old': 'updated', ada: 'added' });
    expect(core.users.find('ada').directoryId).toBe(newAda.directoryId);
  });

  test('a username that goes from one to another is not free for a third', async () => {
    const core = await coreWith(person('ada'), person('ben'));
    const others = [person('new ada', { username: 'ada' }), person('new ben', { username: 'ben' })];
    const { run, lines } = await importInto(core, [...others, ...renamed({ ada: 'ben', ben: 'ada' })], {
      rules: update,
    });
    expect(lines.map(({ change }) => change)).toEqual(['updated', 'updated', 'conflict', 'conflict']);
    expect(run.counts.failed).toBe(0);
  });

  test('one who cannot be renamed keeps all from it who wait for the username', async () => {
    const core = await coreWith(person('ada'), person('ben'), person('eve'));
    await core.users.add({ username: 'fay' });
    const names = { ada: 'ben', ben: 'eve', eve: 'fay' };
    const { lines } = await importInto(core, renamed(names), { rules: update });
    expect(lines.map(({ change }) => change)).toEqual(['conflict', 'conflict', 'conflict']);
    for (const name of ['ada', 'ben', 'eve']) {
      expect(core.users.find(name).directoryId).toBe(directoryIdOf(name));
    }
  });

  test('two who want the same username do not both get it', async () => {
    const core = await coreWith(person('ada'), person('ben'), person('eve'));
    const { lines } = await importInto(core, renamed({ ada: 'fay', ben: 'FAY', eve: 'ada' }), {
      rules: update,
    });
    expect(lines.map(({ change }) => change)).toEqual(['updated', 'conflict', 'updated']);
    expect(core.users.find('fay').directoryId).toBe(directoryIdOf('ada'));
  });

  test('a username that is kept as set here is not given up', async () => {
    const core = await coreWith(person('ada'), person('ben'));
    await core.users.edit('ben', { localFields: ['username'] });
    const { lines } = await importInto(core, renamed({ ada: 'ben', ben: 'ada' }), { rules: update });
    expect(lines.map(({ change }) => change)).toEqual(['conflict', 'unchanged']);
  });
});

function renamed(names: Readonly<Record<string, string>>): DirectoryUser[] {
  return Object.entries(names).map(([before, after]) => person(before, { username: after }));
}

async function coreWith(...people: DirectoryUser[]): Promise<TemporaryCore> {
  const core = temporaryCore();
  await importInto(core, people);
  return core;
}
