import { type BoundCommand, bindCommands } from '../commands/command.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import { createReducerStore } from '../store.ts';
import { tabsCommands } from '../widgets/tabs/keys.ts';
import { reduceTabs, type TabsState } from '../widgets/tabs/state.ts';
import type { Pane, PaneTab, Tabs } from './pane.ts';
import { reduceTabbed, tabPlace } from './state.ts';
import { TabbedView } from './tabbed-view.tsx';

export interface TabbedScreenOptions {
  readonly title: string;
  /** The first one is open at the beginning. */
  readonly tabs: readonly PaneTab[];
}

/**
 * A screen of tabs, each with a pane that is loaded when it is first looked at and keeps its state from then on.
 * A place of the screen is the id of a tab, and after a colon a place of its pane: `outbox:state:failed`.
 */
export async function openTabbedScreen(
  context: ScreenContext,
  { title, tabs }: TabbedScreenOptions,
): Promise<Screen> {
  const [first] = tabs;
  const store = createReducerStore(reduceTabbed, { tab: first?.id ?? '', revision: 0 });
  const panes = new Map<string, Pane>();
  const around: Tabs = { open: (tab) => openTab(tab) };
  let loading: Promise<void> | null = null;
  const current = () => panes.get(store.get().tab);
  const opened = () => [...new Set(panes.values())];

  async function load(tab: PaneTab): Promise<void> {
    const pane = await tab.open(context, around);
    if (!opened().includes(pane)) pane.state.subscribe(() => store.dispatch({ type: 'pane-changed' }));
    panes.set(tab.id, pane);
    pane.enter?.(tab.id);
    store.dispatch({ type: 'pane-changed' });
  }

  function openTab(id: string, place: string | null = null): void {
    const tab = tabs.find((other) => other.id === id);
    if (tab === undefined) return;
    const before = store.get().tab;
    store.dispatch({ type: 'tab', tab: id });
    const known = panes.get(id);
    if (known !== undefined) {
      if (id !== before) known.enter?.(id);
      if (place !== null) known.show?.(place);
      return;
    }
    const done = load(tab)
      .then(
        () => place !== null && panes.get(id)?.show?.(place),
        (error: unknown) => {
          store.dispatch({ type: 'tab', tab: before });
          void context.reportError(`${tab.title} cannot be opened`, error);
        },
      )
      .then(() => {
        if (loading === done) loading = null;
      });
    loading = done;
  }

  function tabsState(): TabsState {
    return {
      tabs: tabs.map(({ id, title: name }) => {
        return { id, title: name, hasProblem: panes.get(id)?.hasProblem?.(id) ?? false };
      }),
      active: store.get().tab,
    };
  }

  async function mayAllBeLeft(asked: Promise<boolean>, others: readonly Pane[]): Promise<boolean> {
    if (!(await asked)) return false;
    for (const pane of others) if (!((await pane.canLeave?.()) ?? true)) return false;
    return true;
  }

  const switching = bindCommands(tabsCommands, store.get, (id) => {
    openTab(reduceTabs(tabsState(), { type: id === 'tabs.next' ? 'next' : 'previous' }).active);
  });

  if (first !== undefined) await load(first);
  return {
    title: () => title,
    wantsWidth: true,
    layer: {
      name: title.toLowerCase(),
      get commands(): readonly BoundCommand[] {
        return [...(current()?.layer.commands ?? []), ...switching];
      },
      capture: (event) => current()?.layer.capture?.(event) ?? false,
      takes: (chord) => current()?.layer.takes?.(chord) ?? false,
      hints: () => current()?.layer.hints?.() ?? [],
    },
    state: store,
    draw: (width, height) => (
      <TabbedView state={tabsState()} width={width}>
        {current()?.draw(width, height - 2, store.get().tab)}
      </TabbedView>
    ),
    note: () => current()?.note?.() ?? '',
    pending: () => loading ?? current()?.pending?.() ?? null,
    async refresh() {
      await Promise.all(opened().map((pane) => pane.refresh?.()));
    },
    show(place) {
      const { tab, rest } = tabPlace(place);
      openTab(tab, rest);
    },
    canLeave() {
      const all = opened();
      for (const [index, pane] of all.entries()) {
        const answer = pane.canLeave?.() ?? true;
        if (answer === false) return false;
        if (answer === true) continue;
        // What is asked about is seen.
        if (pane !== current()) openTab(tabs.find(({ id }) => panes.get(id) === pane)?.id ?? '');
        return mayAllBeLeft(answer, all.slice(index + 1));
      }
      return true;
    },
    close() {
      for (const pane of opened()) pane.close?.();
    },
  };
}
