import { expect, test } from 'vitest';
import type { ChangeCursor } from '../../../src/core/directory/changes.ts';
import type { Directory } from '../../../src/core/directory/directory.ts';
import { Synchronization } from '../../../src/core/sync/synchronization.ts';
import { ChangingDirectory, container, definition } from '../../helpers/changing-directory.ts';
import { directoryIdOf } from '../../helpers/directory-people.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

/** A domain controller with its own copy of the directory. */
class Controller extends ChangingDirectory {
  override readonly log = [];
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }

  override async changes(cursor: ChangeCursor | null, options: Parameters<ChangingDirectory['changes']>[1]) {
    const same = cursor?.controller === this.name ? cursor : null;
    const changes = await super.changes(same, options);
    const next = changes.next === null ? null : { ...changes.next, controller: this.name };
    if (!changes.isFullRunNeeded) return { ...changes, next: next as ChangeCursor };
    const because = cursor !== null && same === null ? ('otherServer' as const) : changes.because;
    return { ...changes, because, next };
  }
}

async function open(leavers: 'disable' | 'remove') {
  const core = temporaryCore();
  const [first, second] = [new Controller('DC1'), new Controller('DC2')];
  const answers = { by: first };
  const sync = new Synchronization({
    ...core,
    openDirectory: async () => answers.by as unknown as Directory,
    listUsers: (selection, options) => answers.by.users(selection, options),
  });
  const [staff = ''] = [first, second].map((one) => one.ou('Staff'));
  for (const one of [first, second]) one.addMany(10, staff, 'p');
  sync.items.add('Staff', definition(container(staff), { leavers }));
  expect(await sync.run({})).toMatchObject({ state: 'completed', counts: { added: 10 } });
  return { core, sync, staff, first, second, answers };
}

test.each(['disable', 'remove'] as const)(
  'a newcomer whom another controller does not know yet is not taken away: %s',
  async (leavers) => {
    const { core, sync, staff, first, second, answers } = await open(leavers);
    first.add('newcomer', staff);
    core.testClock.forward(4 * 86_400);
    expect(await sync.run({})).toMatchObject({ counts: { added: 1 } });

    answers.by = second;
    // One who was there for long has left, and is known to have.
    second.delete(directoryIdOf('p003'));
    const run = await sync.run({});
    expect(run).toMatchObject({ state: 'awaitingApproval', counts: { held: 1 } });
    expect(run.counts.disabled + run.counts.removed).toBe(1);
    expect(core.users.find('newcomer').enabled).toBe(true);
    // Nor by the next run, which reads what changed there.
    expect(await sync.run({})).toMatchObject({ request: { kind: 'usn' }, counts: { held: 1 } });

    second.add('newcomer', staff);
    expect(await sync.run({})).toMatchObject({ state: 'completed', counts: { held: 0 } });
    expect(core.users.find('newcomer').enabled).toBe(true);
  },
);
