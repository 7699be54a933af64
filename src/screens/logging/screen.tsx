import { bindCommands } from '../commands/command.ts';
import { createRunsPane } from '../runs/runs-pane.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import { combineStores, createReducerStore } from '../store.ts';
import { tabsCommands } from '../widgets/tabs/keys.ts';
import { reduceTabs } from '../widgets/tabs/state.ts';
import { createEventsPane } from './events/events-pane.ts';
import { LoggingView } from './logging-view.tsx';
import { loggingTabs, placeOf, reduceLogging } from './state.ts';

/** What was done, by whom, and what runs have changed. */
export function openLogging(context: ScreenContext): Screen {
  const store = createReducerStore(reduceLogging, { tab: 'events' });
  const panes = { events: createEventsPane(context), runs: createRunsPane(context) };
  const pane = () => panes[store.get().tab];
  const tabs = bindCommands(tabsCommands, store.get, (id) => {
    const action = { type: id === 'tabs.next' ? 'next' : 'previous' } as const;
    store.dispatch({ type: 'tab', tab: reduceTabs(loggingTabs(store.get()), action).active });
  });
  const { events, runs } = panes;
  return {
    title: () => 'Logging',
    wantsWidth: true,
    layer: {
      name: 'logging',
      get commands() {
        return [...pane().commands, ...tabs];
      },
      capture: (event) => pane().table.capture(event),
      takes: (chord) => pane().table.filter.takes(chord),
      hints: () => pane().table.filter.hints(),
    },
    state: combineStores(store, events.table, events.table.filter, runs.table, runs.table.filter, runs.isOld),
    draw: (width, height) => (
      <LoggingView
        state={store.get()}
        events={events.table}
        runs={runs.table}
        width={width}
        height={height}
      />
    ),
    isOld: () => store.get().tab === 'runs' && runs.isOld.get(),
    async refresh() {
      await Promise.all([events.refresh(), runs.refresh()]);
    },
    show(where) {
      const place = placeOf(where);
      store.dispatch({ type: 'tab', tab: place.tab });
      if (place.tab === 'events') events.table.filter.set(place.filter);
      else if (place.run !== null) runs.open(place.run);
    },
    close() {
      events.close();
      runs.close();
    },
  };
}
