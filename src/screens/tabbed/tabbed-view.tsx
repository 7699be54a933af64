import type { ReactNode } from 'react';
import { Rule } from '../widgets/line/rule.tsx';
import type { TabsState } from '../widgets/tabs/state.ts';
import { TabsView } from '../widgets/tabs/tabs-view.tsx';

export interface TabbedViewProps {
  readonly state: TabsState;
  readonly width: number;
  /** The open pane, which has two lines less. */
  readonly children: ReactNode;
}

/** Tabs above, the pane of the open one below. */
export function TabbedView({ state, width, children }: TabbedViewProps) {
  return (
    <>
      <TabsView state={state} width={width} />
      <Rule width={width} />
      {children}
    </>
  );
}
