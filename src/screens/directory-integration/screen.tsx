import type { Screen, ScreenContext } from '../shell/screen.ts';
import { openTabbedScreen } from '../tabbed/screen.tsx';
import { tabsOfOnePane } from '../tabbed/shared-pane.ts';
import { openConnectionPane } from './connection-pane.tsx';
import { directoryTabs } from './fields.ts';

/** How the directory is reached and read. */
export function openDirectoryIntegration(context: ScreenContext): Promise<Screen> {
  const tabs = tabsOfOnePane(directoryTabs, async (_, around) => openConnectionPane(context, around));
  return openTabbedScreen(context, { title: 'Directory Integration', tabs });
}
