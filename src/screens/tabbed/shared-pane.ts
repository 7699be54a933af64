import type { ScreenContext } from '../shell/screen.ts';
import type { Pane, PaneTab, Tabs } from './pane.ts';

/** Tabs that one pane fills together. @param open called once, when one of them is looked at first */
export function tabsOfOnePane(
  tabs: readonly Pick<PaneTab, 'id' | 'title'>[],
  open: (context: ScreenContext, tabs: Tabs) => Promise<Pane>,
): readonly PaneTab[] {
  let pane: Promise<Pane> | undefined;
  return tabs.map((tab) => {
    return {
      ...tab,
      open(context, around) {
        pane ??= open(context, around);
        return pane;
      },
    };
  });
}
