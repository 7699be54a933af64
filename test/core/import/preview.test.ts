import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMfaError } from '../../../src/core/errors.ts';
import type { RunChange } from '../../../src/core/runs/run.ts';
import type { User } from '../../../src/core/users/user.ts';
import {
  arbitraryEdits,
  arbitraryListing,
  arbitraryRules,
  type LocalEdit,
} from '../../helpers/arbitrary-imports.ts';
import { people, person } from '../../helpers/directory-people.ts';
import { importInto, MemoryDirectory } from '../../helpers/memory-import.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

test('a preview tells line by line what the import then does, and a second import changes nothing', async () => {
  const core = temporaryCore();
  const cases = fc.record({
    before: arbitraryListing,
    beforeRules: arbitraryRules,
    edits: arbitraryEdits,
    keepPhoneInStep: fc.boolean(),
    listing: arbitraryListing,
    rules: arbitraryRules,
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ before, beforeRules, edits, keepPhoneInStep, listing, rules }) => {
      await removeEverybody(core);
      core.companySettings.save({ ...core.companySettings.load(), keepPhoneInStep });
      await importInto(core, before, { rules: beforeRules });
      for (const edit of edits) await editUser(core, edit);
      const stored = everybody(core);

      const preview = await importInto(core, listing, { rules, dryRun: true });
      expect(everybody(core)).toEqual(stored);

      const done = await importInto(core, listing, { rules });
      expect(done.run.state).toBe('completed');
      expect(done.run.counts.failed).toBe(0);
      expect(predicted(done.lines)).toEqual(preview.lines);
      expect(done.run.counts).toEqual(preview.run.counts);
      expect(logged(core, done.run.id)).toEqual(logged(core, preview.run.id));
      expectToBeTrue(done.lines, stored, everybody(core));

      const after = everybody(core);
      const again = await importInto(core, listing, { rules });
      expect(outcomes(again.lines)).toEqual(outcomes(done.lines));
      expect(again.run.counts).toMatchObject({ added: 0, updated: 0 });
      expect(everybody(core)).toEqual(after);
    }),
    { numRuns: 150 },
  );
}, 120_000);

test('a preview of several batches knows the usernames that the first ones take and give up', async () => {
  const core = temporaryCore();
  const known = [person('ada'), person('ben'), person('eve')];
  await importInto(core, known);
  const rest = people(2997);
  const directory = new MemoryDirectory([
    person('ada', { username: 'ada.new' }),
    person('ben', { username: 'eve' }),
    ...rest.slice(0, 998),
    person('new ada', { username: 'ada' }),
    person('other', { username: 'user00500' }),
    ...rest.slice(998),
    person('eve', { username: 'eve.new' }),
    person('second', { username: 'ADA.new' }),
  ]);
  const rules = { updateExisting: true };
  const preview = await importInto(core, directory, { rules, dryRun: true });
  const done = await importInto(core, directory, { rules });
  expect(predicted(done.lines)).toEqual(preview.lines);
  expect(done.run.counts).toEqual(preview.run.counts);
  expect(done.run.counts).toMatchObject({ read: 3003, added: 2998, updated: 2, conflicts: 3 });
  const again = await importInto(core, directory, { rules });
  expect(again.run.counts).toMatchObject({ updated: 1, unchanged: 3000, conflicts: 2 });
});

/** A line of a run as its preview has it: without the audit event. */
function predicted(lines: readonly RunChange[]): RunChange[] {
  return lines.map((line) => ({ ...line, auditSequence: null }));
}

function logged(core: TemporaryCore, id: number): RunChange[] {
  return predicted(core.runs.changes(id));
}

/** Everybody whom the lines name has the fields that they say, and the others are as they were. */
function expectToBeTrue(lines: readonly RunChange[], before: readonly User[], after: readonly User[]): void {
  const written = lines.filter(({ change }) => change === 'added' || change === 'updated');
  const concerned = new Set(written.map(({ directoryId }) => directoryId));
  for (const { directoryId, username, fields } of written) {
    const user = after.find((one) => one.directoryId === directoryId);
    const expected = Object.entries(fields).map(([name, [, value]]) => [name, value]);
    expect(user).toMatchObject({ username, ...Object.fromEntries(expected) });
  }
  const others = after.filter(({ directoryId }) => directoryId === null || !concerned.has(directoryId));
  expect(before).toEqual(expect.arrayContaining(others));
  const added = lines.filter(({ change }) => change === 'added').length;
  expect(after).toHaveLength(before.length + added);
}

/** Who is as the directory wants them, and who was left out for whatever reason. */
function outcomes(lines: readonly RunChange[]): string[] {
  return lines
    .map(({ directoryId, change }) => {
      const isLeftOut = change === 'skipped' || change === 'conflict';
      return `${directoryId} ${isLeftOut ? 'left out' : 'done'}`;
    })
    .sort();
}

function everybody(core: TemporaryCore): User[] {
  return core.users.list().users;
}

async function removeEverybody(core: TemporaryCore): Promise<void> {
  await core.users.remove(everybody(core).map(({ username }) => username));
}

async function editUser({ users }: TemporaryCore, { username, what }: LocalEdit): Promise<void> {
  try {
    if (what === 'add') await users.add({ username });
    else if (what === 'remove') await users.remove([username]);
    else if (what === 'disable') await users.disable([username]);
    else if (what === 'keepUsername') await users.edit(username, { localFields: ['username'] });
    else if (what === 'email') await users.edit(username, { email: 'own@contoso.test' });
    else if (what === 'phone') await users.edit(username, { phone: '+14255550199' });
    else await users.edit(username, { username: `${username}.own` });
  } catch (error) {
    if (!isMfaError(error, 'user.notFound') && !isMfaError(error, 'user.exists')) throw error;
  }
}
