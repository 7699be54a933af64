import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { User } from '../../../src/core/users/user.ts';
import {
  ChangingDirectory,
  container,
  definition,
  groupOf,
  synchronizationWith,
} from '../../helpers/changing-directory.ts';
import { directoryIdOf } from '../../helpers/directory-people.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

const names = ['ada', 'ben', 'eve', 'kim', 'max', 'zoe'] as const;
const ous = ['Sales', 'Lab', 'Outside'] as const;

const arbitraryStep = fc.oneof(
  fc.record({
    what: fc.constantFrom('add', 'move'),
    name: fc.constantFrom(...names),
    ou: fc.constantFrom(...ous),
  }),
  fc.record({
    what: fc.constantFrom('delete', 'disable', 'enable', 'rename', 'join', 'quit', 'lockHere', 'openHere'),
    name: fc.constantFrom(...names),
  }),
  fc.record({ what: fc.constantFrom('swapItems', 'dayPasses', 'approve', 'reject') }),
  fc.record({ what: fc.constant('leavers'), leavers: fc.constantFrom('leave', 'disable', 'remove') }),
);

test('a simulation tells what the run then does, whatever happened before, and nobody is disabled who is found', async () => {
  const steps = fc.array(arbitraryStep, { minLength: 1, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const core = temporaryCore();
      const directory = new ChangingDirectory();
      const sync = synchronizationWith(core, directory);
      core.syncSettings.save({ ...sync.settings(), approvalCount: 1 });
      const dns = Object.fromEntries(ous.map((ou) => [ou, directory.ou(ou)])) as Record<string, string>;
      const group = directory.group('Members');
      const groupId = directoryIdOf(group);
      directory.add('stays', dns.Sales ?? '');
      directory.add('stays.too', dns.Lab ?? '');
      directory.members.get(groupId)?.add(directoryIdOf('stays'));
      sync.items.add('Group', definition(groupOf(group)));
      sync.items.add('Sales', definition(container(dns.Sales ?? '')));
      sync.items.add('Lab', definition(container(dns.Lab ?? ''), { leavers: 'remove', removeAfterDays: 2 }));
      for (const step of all) {
        const { what, name, ou, leavers } = { name: '', ou: '', leavers: '', ...step };
        const id = directoryIdOf(name);
        const isThere = directory.people.has(id);
        if (what === 'add' && !isThere) directory.add(name, dns[ou] ?? '');
        if (what === 'move' && isThere) directory.move(id, dns[ou] ?? '');
        if (what === 'delete') directory.delete(id);
        if (what === 'disable' && isThere) directory.change(id, { isAccountEnabled: false });
        if (what === 'enable' && isThere) directory.change(id, { isAccountEnabled: true });
        if (what === 'rename' && isThere) directory.change(id, { firstName: `Name ${all.length}` });
        if (what === 'join') directory.members.get(groupId)?.add(id);
        if (what === 'quit') directory.members.get(groupId)?.delete(id);
        if (what === 'lockHere') await core.users.disable([name]);
        if (what === 'openHere') await core.users.enable([name]);
        if (what === 'swapItems') sync.items.move('Lab', 1);
        if (what === 'dayPasses') core.testClock.forward(86_400);
        if (what === 'leavers') sync.items.edit('Sales', { leavers: leavers as 'leave' });
        const [waiting] = sync.health().awaitingApproval;
        if (what === 'approve' && waiting !== undefined) {
          const simulated = await sync.approve(waiting.id, undefined, { dryRun: true });
          const approved = await sync.approve(waiting.id, undefined);
          expect([approved.state, approved.counts]).toEqual([simulated.state, simulated.counts]);
        }
        if (what === 'reject' && waiting !== undefined) sync.approvals.reject(waiting.id);

        const before = everybody();
        const simulated = await sync.run({}, { dryRun: true });
        expect(everybody()).toEqual(before);
        const run = await sync.run({});
        expect(run.error).toBeNull();
        expect([run.state, run.counts]).toEqual([simulated.state, simulated.counts]);
        expect(linesOf(run.id)).toEqual(linesOf(simulated.id));
        expectNobodyWronged(before);
      }

      function everybody(): User[] {
        return core.users.list().users;
      }

      function linesOf(id: number) {
        return core.runs.changes(id).map((line) => ({ ...line, auditSequence: null }));
      }

      /** Who is found with an account that is enabled was neither disabled nor removed by the run. */
      function expectNobodyWronged(before: readonly User[]): void {
        const after = new Map(everybody().map((user) => [user.directoryId, user]));
        for (const user of before) {
          const person = directory.people.get(user.directoryId ?? '');
          const isInOu = person !== undefined && !person.dn.endsWith(`,${dns.Outside}`);
          const isMember = directory.members.get(groupId)?.has(user.directoryId ?? '') === true;
          if (person === undefined || !person.isAccountEnabled || !(isInOu || isMember)) continue;
          expect(after.get(user.directoryId)).toBeDefined();
          if (user.enabled) expect(after.get(user.directoryId)?.enabled).toBe(true);
        }
      }
    }),
    { numRuns: 25, seed: 20_260_302 },
  );
}, 300_000);
