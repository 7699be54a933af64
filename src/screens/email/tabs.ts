import type { PaneTab } from '../tabbed/pane.ts';

/** The tabs of the section Email; each is loaded when it is looked at. */
export const emailTabs: readonly PaneTab[] = [
  {
    id: 'settings',
    title: 'Settings',
    open: async (context) => (await import('./settings/pane.tsx')).openEmailSettings(context),
  },
  {
    id: 'content',
    title: 'Email Content',
    open: async (context) => (await import('./content/pane.tsx')).openContent(context),
  },
  {
    id: 'outbox',
    title: 'Outbox',
    open: async (context) => (await import('./outbox/pane.tsx')).openOutbox(context),
  },
];
