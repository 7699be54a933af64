import { defineCommands } from '../../commands/command.ts';
import type { TabsAction } from './state.ts';

export type TabsCommandId = 'tabs.next' | 'tabs.previous';

/** Brackets work everywhere but in text; arrows and page keys where nothing else takes them before. */
export const tabsCommands = defineCommands<unknown, TabsCommandId>([
  {
    id: 'tabs.previous',
    title: 'Previous tab',
    keys: ['[', 'left', 'h', 'pageup'],
    scope: 'Tabs',
    isHiddenInPalette: true,
  },
  {
    id: 'tabs.next',
    title: 'Next tab',
    keys: [']', 'right', 'l', 'pagedown'],
    scope: 'Tabs',
    hint: 'Next tab',
    isHiddenInPalette: true,
  },
]);

export function tabsAction(id: TabsCommandId): TabsAction<never> {
  return { type: id === 'tabs.next' ? 'next' : 'previous' };
}
