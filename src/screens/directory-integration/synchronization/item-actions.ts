import { countOf } from '../../../core/count-text.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { confirmation, confirmed } from '../../widgets/dialog/state.ts';
import type { ItemSubject } from './item/item-pane.tsx';
import type { ItemRow } from './items.ts';
import type { SyncCommandId } from './keys.ts';

type ItemActionId = Extract<
  SyncCommandId,
  'sync.add' | 'sync.edit' | 'sync.remove' | 'sync.moveUp' | 'sync.moveDown' | 'sync.toggle'
>;

/**
 * What is done to items.
 * @param current the one under the cursor
 * @param reread shows them as they are now
 */
export function itemActions(
  context: ScreenContext,
  current: () => ItemRow | undefined,
  reread: () => Promise<void>,
): Record<ItemActionId, () => Promise<void>> {
  const { overlays, status } = context;
  const { items } = context.core.synchronization;

  function open(subject: ItemSubject): void {
    context.open(import('./item/screen.tsx').then(({ openItem }) => openItem(context, subject, reread)));
  }

  /** What an item takes comes first; its form has proposals for everything else. */
  function add(): void {
    context.open(
      import('../../directory-import/choose-place/screen.tsx').then(({ openPlaceChooser }) =>
        openPlaceChooser(context, {
          title: 'Choose a place',
          phone: 'mobile',
          onChosen: (selection) => open({ item: null, selection }),
        }),
      ),
    );
  }

  const withCurrent = (action: (row: ItemRow) => Promise<void> | void) => async () => {
    const row = current();
    if (row !== undefined) await action(row);
  };

  const moving = (by: 1 | -1) =>
    withCurrent(async ({ item, place }) => {
      items.move(item, place + by);
      context.dataWasRead();
      await reread();
    });

  return {
    'sync.add': async () => add(),
    'sync.edit': withCurrent(({ item }) => open({ item })),
    'sync.remove': withCurrent(async ({ item, users }) => {
      const stay =
        users === 0 ? 'It has no users.' : `Its ${countOf(users, 'user')} stay as they are, in no item.`;
      const question = confirmation('Remove', `Remove the item "${item.name}"? ${stay}`, 'Remove');
      if ((await overlays.ask(question)) !== confirmed) return;
      items.remove(item);
      status.say(`${item.name} is removed.`, 'ok');
      context.dataWasRead();
      await reread();
    }),
    'sync.moveUp': moving(-1),
    'sync.moveDown': moving(1),
    'sync.toggle': withCurrent(async ({ item }) => {
      const { enabled, version } = item;
      items.edit(item, { enabled: !enabled }, { version });
      status.say(
        enabled
          ? `${item.name} is switched off: its users stay as they are.`
          : `${item.name} is switched on: the next run asks it again.`,
        'ok',
      );
      context.dataWasRead();
      await reread();
    }),
  };
}
