import type { PaneTab } from '../tabbed/pane.ts';
import { tabsOfOnePane } from '../tabbed/shared-pane.ts';
import { openConnectionPane } from './connection-pane.tsx';
import { directoryTabs } from './fields.ts';

/** How the directory is reached and read, and who is kept in step with it. */
export function directoryIntegrationTabs(): readonly PaneTab[] {
  return [
    ...tabsOfOnePane(directoryTabs, async (context, around) => openConnectionPane(context, around)),
    {
      id: 'synchronization',
      title: 'Synchronization',
      open: async (context) => (await import('./synchronization/pane.tsx')).openSynchronization(context),
    },
  ];
}
