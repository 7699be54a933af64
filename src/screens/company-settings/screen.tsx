import { settingGroups } from '../../core/settings/setting-text.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import type { PaneTab } from '../tabbed/pane.ts';
import { openTabbedScreen } from '../tabbed/screen.tsx';
import { tabsOfOnePane } from '../tabbed/shared-pane.ts';
import { groupIds } from './fields.ts';
import { openCompanyPane } from './pane.tsx';

/** The rules of the company. */
export function openCompanySettings(context: ScreenContext): Promise<Screen> {
  // All groups are one form, so that they are saved together.
  const groups = tabsOfOnePane(
    groupIds.map((id) => ({ id, title: settingGroups[id] })),
    async (_, around) => openCompanyPane(context, around),
  );
  return openTabbedScreen(context, { title: 'Company Settings', tabs: [...groups, ...gateways, wordings] });
}

const gateways = (
  [
    ['text', 'Text gateway'],
    ['voice', 'Voice gateway'],
  ] as const
).map(([kind, title]): PaneTab => {
  return {
    id: `${kind}-gateway`,
    title,
    open: async (context) => (await import('./gateway/pane.tsx')).openGatewayPane(context, kind),
  };
});

const wordings: PaneTab = {
  id: 'wordings',
  title: 'Wordings',
  open: async (context) => (await import('./wordings/pane.tsx')).openWordingsPane(context),
};
