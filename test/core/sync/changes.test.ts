import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Synchronization } from '../../../src/core/sync/synchronization.ts';
import {
  ChangingDirectory,
  container,
  definition,
  groupOf,
  synchronizationWith,
} from '../../helpers/changing-directory.ts';
import { directoryIdOf } from '../../helpers/directory-people.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

const names = ['ada', 'ben', 'eve', 'kim', 'max', 'zoe'] as const;
const ous = ['Sales', 'Lab', 'Outside'] as const;
const groups = ['Members', 'Nested'] as const;
const name = fc.constantFrom(...names);

const arbitraryStep = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constantFrom('add', 'add', 'move'), name, ou: fc.constantFrom(...ous) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constantFrom('delete', 'recreate', 'disable', 'enable', 'rename', 'swapUsernames'),
      name,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constantFrom('join', 'quit'), name, group: fc.constantFrom(...groups) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constantFrom('lockHere', 'openHere', 'removeHere', 'editHere', 'addHere'),
      name,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constantFrom(
        'nest',
        'unnest',
        'renameOu',
        'moveItem',
        'dayPasses',
        'approve',
        'reject',
        'allLeave',
        'removeDisabledHere',
      ),
    }),
  },
);

interface Side {
  core: TemporaryCore;
  sync: Synchronization;
}

/** All that a run decides about a user. */
function everybody({ core }: Side) {
  return core.users.list().users.map((user) => {
    const {
      id: _,
      version: __,
      createdAt: ___,
      updatedAt: ____,
      lastSynchronizedAt: _____,
      ...decided
    } = user;
    return decided;
  });
}

test('reading changes leads to the same users as reading everybody, step by step, and a simulation tells it before', async () => {
  const kinds = new Map<string, number>();
  const steps = fc.array(fc.array(arbitraryStep, { minLength: 1, maxLength: 3 }), {
    minLength: 6,
    maxLength: 14,
  });
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const directory = new ChangingDirectory();
      directory.log = [];
      const [byChanges, byAll] = [open(directory, false), open(directory, true)] as const;
      const dns = Object.fromEntries(ous.map((ou) => [ou, directory.ou(ou)])) as Record<string, string>;
      const groupDns = Object.fromEntries(groups.map((one) => [one, directory.group(one)])) as Record<
        string,
        string
      >;
      names.forEach((one, index) => {
        directory.add(one, dns[ous[index % 2] ?? ''] ?? '');
      });
      directory.add('stays', dns.Sales ?? '');
      directory.add('stays.too', dns.Lab ?? '');
      directory.join(groupDns.Members ?? '', directoryIdOf('stays'));
      for (const { sync } of [byChanges, byAll]) {
        sync.items.add('Group', definition(groupOf(groupDns.Members ?? '')));
        sync.items.add('Sales', definition(container(dns.Sales ?? ''), { rules: { takeOver: true } }));
        sync.items.add(
          'Lab',
          definition(container(dns.Lab ?? ''), { leavers: 'remove', removeAfterDays: 2 }),
        );
      }
      for (const some of all) {
        for (const step of some) await take(step, directory, [byChanges, byAll], dns, groupDns);
        const simulated = await byChanges.sync.run({}, { dryRun: true });
        const run = await byChanges.sync.run({});
        expect(run.error).toBeNull();
        expect([run.state, run.counts, run.request.kind]).toEqual([
          simulated.state,
          simulated.counts,
          simulated.request.kind,
        ]);
        const full = await byAll.sync.run({});
        expect(full.request.kind).toBe('full');
        if (full.counts.held > 0) kinds.set('held', (kinds.get('held') ?? 0) + 1);
        expect(full.counts.held).toBe(run.counts.held);
        expect(everybody(byChanges)).toEqual(everybody(byAll));
        kinds.set(run.request.kind, (kinds.get(run.request.kind) ?? 0) + 1);
      }
    }),
    { numRuns: 20, seed: 20_261_124 },
  );
  expect(kinds.get('held') ?? 0).toBeGreaterThan(20);
  expect(kinds.get('usn') ?? 0).toBeGreaterThan(2 * (kinds.get('full') ?? 0));
}, 300_000);

function open(directory: ChangingDirectory, alwaysFull: boolean): Side {
  const core = temporaryCore();
  const sync = synchronizationWith(core, directory);
  core.syncSettings.save({ ...sync.settings(), approvalCount: 1, fullEveryHours: 720, alwaysFull });
  return { core, sync };
}

async function take(
  step: { what: string; name?: string; ou?: string; group?: string },
  directory: ChangingDirectory,
  sides: readonly Side[],
  dns: Record<string, string>,
  groupDns: Record<string, string>,
): Promise<void> {
  const { what, name: who, ou, group } = { name: '', ou: 'Sales', group: 'Members', ...step };
  const id = [...directory.people.values()].find(({ username }) => username === who)?.directoryId;
  const [nested = '', members = ''] = [groupDns.Nested, groupDns.Members];
  if (what === 'add' && id === undefined) {
    directory.add(who, dns[ou] ?? '', { directoryId: directoryIdOf(`${who} ${directory.log?.length}`) });
  }
  if (id !== undefined) {
    if (what === 'move') directory.move(id, dns[ou] ?? '');
    if (what === 'delete') directory.delete(id);
    if (what === 'recreate') {
      const dn = directory.people.get(id)?.dn ?? '';
      directory.delete(id);
      directory.add(who, '', { dn, directoryId: directoryIdOf(`${who} ${directory.log?.length}`) });
    }
    if (what === 'disable') directory.change(id, { isAccountEnabled: false });
    if (what === 'enable') directory.change(id, { isAccountEnabled: true });
    if (what === 'rename') directory.change(id, { firstName: `Name ${directory.log?.length}` });
    if (what === 'swapUsernames') {
      const other = [...directory.people.values()].find(({ username }) => username !== who);
      if (other !== undefined) {
        directory.change(other.directoryId, { username: who });
        directory.change(id, { username: other.username });
      }
    }
    if (what === 'join') directory.join(groupDns[group] ?? '', id);
    if (what === 'quit') directory.quit(groupDns[group] ?? '', id);
  }
  if (what === 'allLeave') {
    for (const { directoryId, username } of [...directory.people.values()]) {
      if (!username?.startsWith('stays')) directory.move(directoryId, dns.Outside ?? '');
    }
  }
  if (what === 'nest') directory.join(members, directoryIdOf(nested));
  if (what === 'unnest') directory.quit(members, directoryIdOf(nested));
  if (what === 'renameOu') {
    const dn = dns.Lab ?? '';
    dns.Lab = dn.startsWith('OU=Lab')
      ? dn.replace('OU=Lab', 'OU=Research')
      : dn.replace('OU=Research', 'OU=Lab');
    directory.renamePlace(dn, dns.Lab);
  }
  for (const { core, sync } of sides) {
    if (what === 'lockHere') await core.users.disable([who]);
    if (what === 'openHere') await core.users.enable([who]);
    if (what === 'removeHere') await core.users.remove([who]);
    if (what === 'removeDisabledHere') {
      const { users } = core.users.list({ filter: 'state:disabled' });
      await core.users.remove(users.map(({ username }) => username));
    }
    if (what === 'editHere' && core.users.list({ filter: who }).users.length > 0) {
      await core.users.setMethod([who], 'textMessage');
    }
    if (what === 'addHere') {
      try {
        await core.users.add({ username: who });
      } catch {
        // There is such a user.
      }
    }
    if (what === 'moveItem') sync.items.move('Lab', 1);
    if (what === 'dayPasses') core.testClock.forward(86_400);
    const [waiting] = sync.health().awaitingApproval;
    if (what === 'approve' && waiting !== undefined) await sync.approve(waiting.id, undefined);
    if (what === 'reject' && waiting !== undefined) sync.approvals.reject(waiting.id);
  }
}
