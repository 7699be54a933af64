import type { Screen, ScreenContext } from '../../../shell/screen.ts';
import { openTabbedScreen } from '../../../tabbed/screen.tsx';
import { tabsOfOnePane } from '../../../tabbed/shared-pane.ts';
import { itemTabs } from './fields.ts';
import { type ItemSubject, openItemPane } from './item-pane.tsx';

/** The form of an item, or of a new one. @param onSaved called after every change */
export function openItem(
  context: ScreenContext,
  subject: ItemSubject,
  onSaved: () => Promise<void>,
): Promise<Screen> {
  const tabs = tabsOfOnePane(itemTabs, async (_, around) => openItemPane(context, around, subject, onSaved));
  return openTabbedScreen(context, { title: subject.item?.name ?? 'New item', tabs });
}
