import { settingGroups } from '../../core/settings/setting-text.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import type { Pane, PaneTab } from '../tabbed/pane.ts';
import { openTabbedScreen } from '../tabbed/screen.tsx';
import { groupIds } from './fields.ts';
import { openCompanyPane } from './pane.tsx';

/** The rules of the company. */
export function openCompanySettings(context: ScreenContext): Promise<Screen> {
  let pane: Pane | undefined;
  // All groups are one form, so that they are saved together.
  const groups = groupIds.map((id): PaneTab => {
    return {
      id,
      title: settingGroups[id],
      async open(_, tabs) {
        pane ??= openCompanyPane(context, tabs);
        return pane;
      },
    };
  });
  return openTabbedScreen(context, { title: 'Company Settings', tabs: groups });
}
