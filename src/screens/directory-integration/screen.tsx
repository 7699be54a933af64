import type { Screen, ScreenContext } from '../shell/screen.ts';
import { openTabbedScreen } from '../tabbed/screen.tsx';
import { directoryIntegrationTabs } from './tabs.ts';

/** How the directory is reached and read, and who is kept in step with it. */
export function openDirectoryIntegration(context: ScreenContext): Promise<Screen> {
  return openTabbedScreen(context, { title: 'Directory Integration', tabs: directoryIntegrationTabs() });
}
