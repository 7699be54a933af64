import { Text } from 'ink';
import { describe, expect, test } from 'vitest';
import { bindCommands, defineCommands } from '../../../src/screens/commands/command.ts';
import type { Section } from '../../../src/screens/shell/section.ts';
import { createStore } from '../../../src/screens/store.ts';
import type { Pane, PaneTab } from '../../../src/screens/tabbed/pane.ts';
import { openTabbedScreen } from '../../../src/screens/tabbed/screen.tsx';
import { tabPlace } from '../../../src/screens/tabbed/state.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { openConsole } from '../helpers/console.tsx';

const countCommands = defineCommands<unknown, 'pane.count'>([
  { id: 'pane.count', title: 'Count', keys: ['c'], scope: 'Test', hint: 'Count' },
]);

/** A pane that tells its name, how often `c` was pressed in it, and its place. */
function plainPane(name: string, more: Partial<Pane> = {}): Pane {
  const state = createStore({ count: 0, place: '' });
  const commands = bindCommands(countCommands, state.get, () => {
    state.set({ ...state.get(), count: state.get().count + 1 });
  });
  return {
    layer: { name, commands },
    state,
    draw: () => <Text>{`This is ${name}: ${state.get().count} ${state.get().place}`}</Text>,
    show: (place) => state.set({ ...state.get(), place }),
    ...more,
  };
}

const tab = (name: string, pane = plainPane(name)): PaneTab => {
  return { id: name.toLowerCase(), title: name, open: async () => pane };
};

async function openTabs(...tabs: PaneTab[]) {
  const section: Section = {
    id: 'tabs',
    title: 'Tabs',
    open: (context) => openTabbedScreen(context, { title: 'Tabs', tabs }),
  };
  const other: Section = { ...section, id: 'other', title: 'Other' };
  return openConsole(temporaryCore(), { sections: [section, other] });
}

describe('a screen of tabs', () => {
  test('loads a pane when it is looked at first, and keeps what is in it', async () => {
    const loaded: string[] = [];
    const noted = (one: PaneTab): PaneTab => ({
      ...one,
      open(...args) {
        loaded.push(one.title);
        return one.open(...args);
      },
    });
    const console = await openTabs(noted(tab('One')), noted(tab('Two')));
    console.press('cc');
    await console.shows('This is One: 2');
    expect(loaded).toEqual(['One']);
    console.press(']c');
    await console.shows('This is Two: 1');
    console.press('[]c[');
    expect(await console.shows('This is One: 2')).toContain('[One]');
    expect(loaded).toEqual(['One', 'Two']);
  });

  test('lets the keys of a packet wait for the pane that one of them loads', async () => {
    const ready = Promise.withResolvers<Pane>();
    const console = await openTabs(tab('One'), { id: 'two', title: 'Two', open: () => ready.promise });
    console.press(']cc');
    await console.shows('[Two]');
    ready.resolve(plainPane('Two'));
    await console.shows('This is Two: 2');
  });

  test('stays where it was when a pane cannot be opened', async () => {
    const broken = { id: 'two', title: 'Two', open: () => Promise.reject(new Error('broken')) };
    const console = await openTabs(tab('One'), broken);
    console.press(']');
    await console.shows('Two cannot be opened');
    console.press('\x1b');
    expect(await console.showsNoMore('cannot be opened')).toContain('[One]');
  });

  test('is gone to at a tab and a place of its pane', async () => {
    const console = await openTabs(tab('One'), tab('Two'));
    console.shell.context.goTo('other', 'two:state:failed');
    await console.shows('This is Two: 0 state:failed');
    console.shell.context.goTo('other', 'one');
    await console.shows('[One]');
  });

  test('marks the tab in which something needs attention', async () => {
    const console = await openTabs(tab('One'), tab('Two', plainPane('Two', { hasProblem: () => true })));
    console.press('][');
    await console.shows('Two !');
  });

  test('with one pane on several tabs tells it which one is open', async () => {
    const entered: string[] = [];
    const pane = plainPane('Both', { enter: (id) => entered.push(id) });
    const console = await openTabs(
      { id: 'a', title: 'A', open: async () => pane },
      { id: 'b', title: 'B', open: async () => pane },
    );
    console.press(']');
    await console.shows('[B]');
    console.press('[');
    await console.shows('[A]');
    expect(entered).toEqual(['a', 'b', 'a']);
  });

  test('is not left before every pane that was opened agrees, and shows the one that asks', async () => {
    const answer = Promise.withResolvers<boolean>();
    const asking = plainPane('Two', { canLeave: () => answer.promise });
    const console = await openTabs(tab('One'), tab('Two', asking), tab('Three'));
    console.press(']]');
    await console.shows('This is Three');
    console.press('2');
    await console.shows('This is Two');
    answer.resolve(true);
    await console.shows('This is One');
    expect(console.shell.navigator.get().section).toBe('other');
  });

  test('stays when a pane says no', async () => {
    const console = await openTabs(tab('One', plainPane('One', { canLeave: () => false })));
    console.press('2c');
    await console.shows('This is One: 1');
    expect(console.shell.navigator.get().section).toBe('tabs');
  });

  test('reads all panes again that were opened, and closes them in the end', async () => {
    const told: string[] = [];
    const pane = (name: string) =>
      plainPane(name, {
        refresh: () => void told.push(`refresh ${name}`),
        close: () => void told.push(`close ${name}`),
      });
    const console = await openTabs(
      tab('One', pane('One')),
      tab('Two', pane('Two')),
      tab('Three', pane('Three')),
    );
    console.press(']r');
    await console.shows('This is Two');
    expect(told).toEqual(['refresh One', 'refresh Two']);
    console.shell.close();
    expect(told.slice(2, 4)).toEqual(['close One', 'close Two']);
  });
});

test.each([
  ['outbox', { tab: 'outbox', rest: null }],
  ['outbox:', { tab: 'outbox', rest: '' }],
  ['outbox:state:failed', { tab: 'outbox', rest: 'state:failed' }],
])('the place %s is a tab and where in it', (place, parts) => {
  expect(tabPlace(place)).toEqual(parts);
});
