import type { Screen, ScreenContext } from '../shell/screen.ts';
import { openTabbedScreen } from '../tabbed/screen.tsx';
import { emailTabs } from './tabs.ts';

/** How mail is sent, what it says, and what became of it. */
export function openEmail(context: ScreenContext): Promise<Screen> {
  return openTabbedScreen(context, { title: 'Email', tabs: emailTabs });
}
