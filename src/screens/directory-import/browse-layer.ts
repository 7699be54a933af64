import { type BoundCommand, bindCommands } from '../commands/command.ts';
import type { Layer } from '../commands/layers.ts';
import {
  type BrowseCommandId,
  paneCommands,
  searchCommands,
  unmarkCommands,
  viewCommands,
} from './browse-keys.ts';
import type { Browser } from './browser.ts';

/** The keys with which a directory is looked through, and those of what is done with what is found. */
export function browseLayer(name: string, browser: Browser, own: readonly BoundCommand[]): Layer {
  const actions: Record<BrowseCommandId, () => void> = {
    'browse.otherPane': () => browser.state.dispatch({ type: 'other-pane' }),
    'browse.unmarkAll': browser.unmarkAll,
    'browse.depth': () => browser.state.dispatch({ type: 'depth' }),
    'browse.previousView': () => browser.state.dispatch({ type: 'view', by: -1 }),
    'browse.nextView': () => browser.state.dispatch({ type: 'view', by: 1 }),
    'browse.search': browser.places.search.edit,
  };
  const run = (id: BrowseCommandId) => actions[id]();
  const pane = bindCommands(paneCommands, () => null, run);
  const unmark = bindCommands(unmarkCommands, () => ({ hasMarks: browser.hasMarks() }), run);
  const viewing = bindCommands(viewCommands, browser.state.get, run);
  const searching = bindCommands(searchCommands, () => null, run);
  const marks = browser.isMarkable ? unmark : [];
  return {
    name,
    get commands() {
      const { view, pane: focused } = browser.state.get();
      const isSearch = view === 'search' && focused === 'places';
      return [...pane, ...own, ...marks, ...(isSearch ? searching : browser.commands()), ...viewing];
    },
    capture: browser.capture,
    takes: browser.takes,
    hints: browser.hints,
  };
}
