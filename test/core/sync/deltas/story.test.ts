import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunCounts, SyncKind } from '../../../../src/core/runs/run.ts';
import type { ItemSelection } from '../../../../src/core/sync/sync-item.ts';
import { definition } from '../../../helpers/changing-directory.ts';
import { ChangingDomain, type DomainEntry } from '../../../helpers/changing-domain.ts';
import { SynchronizedCore } from '../../../helpers/delta-and-full.ts';
import { expectLikeFresh } from '../../../helpers/like-fresh.ts';
import { DomainEditor } from '../../../servers/domain-editor.ts';
import { describeWithServer, sambaServer } from '../../../servers/require-server.ts';
import { type DomainController, startDomainController } from '../../../servers/samba.ts';

const quiet = { added: 0, updated: 0, enabled: 0, disabled: 0, removed: 0, held: 0, conflicts: 0 };

describeWithServer('by what changed in Active Directory', sambaServer, () => {
  let controller: DomainController;
  let editor: DomainEditor;

  beforeAll(async () => {
    controller = await startDomainController();
    editor = await DomainEditor.open(controller);
  });

  afterAll(async () => {
    await editor?.close();
    await controller?.stop();
  });

  test('users become, step by step, what reading everybody for the first time would make', async () => {
    const domain = new ChangingDomain(editor, controller.baseDn, '');
    const company = await domain.ou('Company');
    const outside = await domain.ou('Outside');
    const sales = await domain.ou('Sales', company);
    const inside = await domain.ou('Inside', sales);
    const lab = await domain.ou('Lab', company);
    const [sue, sam, sid] = await people(domain, sales, ['sue', 'sam', 'sid']);
    const [ines, ivo] = await people(domain, inside, ['ines', 'ivo']);
    const [lea, leo] = await people(domain, lab, ['lea', 'leo', 'lou']);
    const inner = await domain.group('Inner', lab);
    const middle = await domain.group('Middle', lab);
    const outer = await domain.group('Outer', lab);
    await domain.join(outer, middle);
    await domain.join(middle, inner);
    await domain.join(inner, lea);
    await domain.join(outer, sue);

    const open = (full: boolean) =>
      SynchronizedCore.open(
        controller,
        domain.dn(company),
        ({ items }) => {
          for (const [name, entry, method] of [
            ['In the group', outer, 'oathToken'],
            ['Sales', sales, 'textMessage'],
            ['Everyone', company, 'phoneCall'],
          ] as const) {
            const rules = { method, methodPolicy: 'keepInStep' } as const;
            items.add(name, definition(selectionOf(domain, entry), { rules }));
          }
        },
        { full, without: [] },
      );
    await using delta = await open(false);
    const itemOf = (person: DomainEntry) => {
      const itemId = delta.users().get(person.directoryId)?.itemId;
      return delta.sync.items.list().find(({ id }) => id === itemId)?.name;
    };

    async function step(
      what: string,
      change: () => Promise<unknown>,
      counts: Partial<RunCounts>,
      kind: SyncKind = 'dirSync',
    ) {
      await change();
      const run = await delta.synchronize();
      expect(run, what).toMatchObject({
        request: { kind },
        state: 'completed',
        counts: { ...quiet, ...counts },
      });
      await using fresh = await open(true);
      await fresh.sync.run({});
      expectLikeFresh(delta.users(), fresh.users());
    }

    await step('first', async () => {}, { added: 8 }, 'full');
    expect([sue, sam, lea, leo].map(itemOf)).toEqual(['In the group', 'Sales', 'In the group', 'Everyone']);
    await step('nothing changed', async () => {}, {});
    const [nina] = await people(domain, outside, ['nina']);
    await step('somebody came who is none of ours', async () => {}, {});
    await step('moved in', () => domain.move(nina, sales), { added: 1 });
    await step('moved to another item', () => domain.move(nina, lab), { updated: 1 });
    expect(itemOf(nina)).toBe('Everyone');
    await step('moved within an item', () => domain.move(sam, inside), { updated: 1 });
    await step('moved out', () => domain.move(nina, outside), { disabled: 1 });
    await step('moved in again', () => domain.move(nina, lab), { enabled: 1 });
    await step('renamed', () => domain.rename(sid, 'married'), { updated: 1 });
    await step('disabled', () => domain.setEnabled(sid, false), { disabled: 1 });
    await step('enabled again', () => domain.setEnabled(sid, true), { enabled: 1 });
    await step('got another phone', () => domain.set(sid, { mobile: '+14255550177' }), { updated: 1 });

    await step('joined a group in a group', () => domain.join(inner, leo), { updated: 1 });
    expect(itemOf(leo)).toBe('In the group');
    await step('left that group', () => domain.quit(inner, leo), { updated: 1 });
    await step('the group in between left', () => domain.quit(outer, middle), { updated: 1 });
    expect(itemOf(lea)).toBe('Everyone');
    await step('the group in between is back', () => domain.join(outer, middle), { updated: 1 });
    await step('the group in between was moved out', () => domain.move(middle, outside), {});
    expect(itemOf(lea)).toBe('In the group');
    await step('joined the group that is out', () => domain.join(middle, leo), { updated: 1 });
    await step('left the group that is out', () => domain.quit(middle, leo), { updated: 1 });
    await step('groups in a circle', () => domain.join(inner, outer), {});
    await step('a member moved out', () => domain.move(sue, outside), { disabled: 1 });
    await step('a member moved in again', () => domain.move(sue, sales), { enabled: 1 });
    await step('a group was renamed', () => domain.rename(outer, 'Chosen'), {});
    await step('a group in a group was deleted', () => domain.delete(middle), { updated: 1 });

    await step('an OU was renamed', () => domain.rename(sales, 'Selling'), { updated: 5 });
    await step('an OU was moved', () => domain.move(inside, lab), { updated: 3 });
    expect([ines, ivo, sam].map(itemOf)).toEqual(['Everyone', 'Everyone', 'Everyone']);
    await step('an OU was moved out', () => domain.move(inside, outside), { disabled: 3 });
    await step('an OU was moved in', () => domain.move(inside, sales), { enabled: 3 });
    await step('an OU changed that is out', () => domain.ou('Away', outside), {});
    await step('deleted', () => domain.delete(sid), { disabled: 1 });
    const [again] = await people(domain, sales, ['married']);
    await step('made again under the same name', async () => {}, { conflicts: 1 });
    expect(delta.users().has(again.directoryId)).toBe(false);
    await step('an OU was deleted', () => domain.delete(inside), { disabled: 3, conflicts: 1 });
  }, 900_000);
});

async function people<Names extends readonly string[]>(
  domain: ChangingDomain,
  ou: DomainEntry,
  names: readonly [...Names],
): Promise<{ [Index in keyof Names]: DomainEntry }> {
  const made: DomainEntry[] = [];
  for (const name of names) made.push(await domain.person(name, ou, { mobile: '+14255550123', sn: name }));
  return made as { [Index in keyof Names]: DomainEntry };
}

function selectionOf(domain: ChangingDomain, entry: DomainEntry): ItemSelection {
  const { directoryId } = entry;
  const dn = domain.dn(entry);
  return entry.kind === 'group'
    ? { scope: 'group', directoryId, dn, isRecursive: true }
    : { scope: 'container', directoryId, dn, includeSubtree: true };
}
