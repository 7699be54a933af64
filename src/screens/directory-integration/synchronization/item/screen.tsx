import type { Screen, ScreenContext } from '../../../shell/screen.ts';
import { openTabbedScreen } from '../../../tabbed/screen.tsx';
import { tabsOfOnePane } from '../../../tabbed/shared-pane.ts';
import { itemTabs } from './fields.ts';
import { type ItemPane, type ItemSubject, openItemPane } from './item-pane.tsx';

/** The form of an item, or of a new one. @param onSaved called after every change */
export async function openItem(
  context: ScreenContext,
  subject: ItemSubject,
  onSaved: () => Promise<void>,
): Promise<Screen> {
  let pane: ItemPane | undefined;
  const tabs = tabsOfOnePane(itemTabs, async (_, around) => {
    pane = openItemPane(context, around, subject, onSaved);
    return pane;
  });
  const screen = await openTabbedScreen(context, { title: 'New item', tabs });
  return { ...screen, title: () => pane?.name() ?? screen.title() };
}
