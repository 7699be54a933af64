import { expect } from 'vitest';
import type { ChangeKind } from '../../../../src/core/directory/changes.ts';
import type { SyncKind } from '../../../../src/core/runs/run.ts';
import { SynchronizedCore, type SynchronizedOptions } from '../../../helpers/delta-and-full.ts';
import { expectLikeFresh } from '../../../helpers/like-fresh.ts';
import { changeAtRandom } from '../../../helpers/random-changes.ts';
import {
  addItems,
  makeSynchronizedDomain,
  type SynchronizedDomain,
} from '../../../helpers/synchronized-domain.ts';
import { DomainEditor } from '../../../servers/domain-editor.ts';
import type { DomainController } from '../../../servers/samba.ts';

export interface Sequence {
  /** Determines all changes. */
  readonly seed: string;
  readonly steps: number;
  readonly without: readonly ChangeKind[];
}

/** After so many steps everybody is compared with who would be there if this were the first run. */
const stepsBetweenFresh = 8;

/**
 * Makes random changes to a directory and to users, and synchronizes two data directories after each: one by changes, the other
 * by reading everybody. Both must have the same users, field by field. A failure tells all changes up to it.
 * @returns the kinds of the runs by changes, and how often
 */
export async function expectDeltasEqualFull(
  controller: DomainController,
  { seed, steps, without }: Sequence,
): Promise<Partial<Record<SyncKind, number>>> {
  const editor = await DomainEditor.open(controller);
  const name = `random${[...seed].filter((letter) => /\w/.test(letter)).join('')}`;
  const world = await makeSynchronizedDomain(editor, name, seed);
  await using delta = await open(controller, world, { full: false, without });
  await using full = await open(controller, world, { full: true, without });
  const kinds: Partial<Record<SyncKind, number>> = {};
  const told: string[] = [];
  const touched = new Set<string>();
  try {
    for (let step = 0; step <= steps; step += 1) {
      if (step > 0) told.push(await changeSomething(world, [delta, full], touched));
      const run = await delta.synchronize();
      const truth = await full.synchronize();
      kinds[run.request.kind] = (kinds[run.request.kind] ?? 0) + 1;
      expect([run.error, truth.error, run.state]).toEqual([null, null, truth.state]);
      expect(delta.users()).toEqual(full.users());
      expect(delta.deeds(run)).toEqual(full.deeds(truth));
      // What is held is not what a first run would make.
      const isHeld = delta.sync.health().awaitingApproval.length > 0;
      if (step % stepsBetweenFresh === stepsBetweenFresh - 1 && !isHeld) {
        await using fresh = await open(controller, world, { full: true, without });
        for (const { name } of delta.sync.items.list()) fresh.sync.items.move(name, 3);
        expect(await fresh.sync.run({})).toMatchObject({ state: 'completed' });
        expectLikeFresh(delta.users(), fresh.users(), touched);
      }
    }
  } catch (error) {
    const sequence = told.map((text, index) => `${index + 1}. ${text}`).join('\n');
    throw new Error(`With the seed "${seed}", after these changes:\n${sequence}`, { cause: error });
  } finally {
    await editor.close();
  }
  return kinds;
}

/** Changes the directory once or more, or something here, in the same way in both data directories. */
async function changeSomething(
  world: SynchronizedDomain,
  cores: readonly SynchronizedCore[],
  touched: Set<string>,
): Promise<string> {
  const { random } = world;
  if (random.below(8) === 0) {
    const told = await changeHere(world, cores, touched);
    if (told !== null) return told;
  }
  const changes: string[] = [];
  for (let count = random.below(6) === 0 ? 4 : 1; count > 0; count -= 1) {
    changes.push(await changeAtRandom(world, 'everything'));
  }
  return changes.join('; ');
}

async function changeHere(
  { random }: SynchronizedDomain,
  cores: readonly SynchronizedCore[],
  touched: Set<string>,
): Promise<string | null> {
  const { username, directoryId } = random.pick([...(cores[0]?.users().values() ?? [])]) ?? {};
  const what = random.pick(['disable', 'enable', 'edit', 'remove', 'days', 'items', 'approve'] as const);
  if (username === undefined || what === undefined) return null;
  for (const { core, sync } of cores) {
    if (what === 'disable') await core.users.disable([username]);
    if (what === 'enable') await core.users.enable([username]);
    if (what === 'edit') await core.users.edit(username, { firstName: 'By hand' });
    if (what === 'remove') await core.users.remove([username]);
    if (what === 'days') core.testClock.forward(2 * 86_400);
    if (what === 'items') sync.items.move('Office', sync.items.list()[0]?.name === 'Office' ? 3 : 1);
    const [waiting] = sync.health().awaitingApproval;
    if (what === 'approve' && waiting !== undefined) await sync.approve(waiting.id, undefined);
  }
  touched.add(directoryId ?? '');
  return `${what} here (${username})`;
}

function open(
  controller: DomainController,
  world: SynchronizedDomain,
  options: SynchronizedOptions,
): Promise<SynchronizedCore & AsyncDisposable> {
  return SynchronizedCore.open(
    controller,
    world.domain.dn(world.company),
    (sync) => addItems(sync, world),
    options,
  );
}
