import type { TabsState } from '../widgets/tabs/state.ts';

export type LoggingTab = 'events' | 'runs';

export interface LoggingState {
  readonly tab: LoggingTab;
}

export type LoggingAction = { readonly type: 'tab'; readonly tab: LoggingTab };

export function reduceLogging(_: LoggingState, { tab }: LoggingAction): LoggingState {
  return { tab };
}

export function loggingTabs({ tab }: LoggingState): TabsState<LoggingTab> {
  return {
    tabs: [
      { id: 'events', title: 'Audit events' },
      { id: 'runs', title: 'Runs' },
    ],
    active: tab,
  };
}

/** What a place of the section means: `runs`, `run:12`, else a filter of the events. */
export type LoggingPlace =
  | { readonly tab: 'runs'; readonly run: number | null }
  | { readonly tab: 'events'; readonly filter: string };

export function placeOf(place: string): LoggingPlace {
  const run = /^run:(\d+)$/.exec(place)?.[1];
  if (run !== undefined) return { tab: 'runs', run: Number(run) };
  return place === 'runs' ? { tab: 'runs', run: null } : { tab: 'events', filter: place };
}
