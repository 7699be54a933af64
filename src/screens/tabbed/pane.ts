import type { ReactNode } from 'react';
import type { Screen, ScreenContext } from '../shell/screen.ts';

/** What fills a tab: a screen without a title of its own. The same pane may fill several tabs. */
export interface Pane extends Omit<Screen, 'title' | 'wantsWidth' | 'draw'> {
  /** @param tab the open one, for a pane that fills several */
  draw(width: number, height: number, tab: string): ReactNode;
  /** Called when one of its tabs was opened. */
  enter?(tab: string): void;
  /** Marks a tab in which something needs attention. */
  hasProblem?(tab: string): boolean;
}

/** What a pane may do with the tabs around it. */
export interface Tabs {
  open(tab: string): void;
}

/** A tab of a section. */
export interface PaneTab {
  readonly id: string;
  readonly title: string;
  /** Loads and opens what fills it. It is called once, when the tab is looked at first. */
  open(context: ScreenContext, tabs: Tabs): Promise<Pane>;
}
