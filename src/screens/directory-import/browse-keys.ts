import { defineCommands } from '../commands/command.ts';
import type { ImportState } from './state.ts';

export type BrowseCommandId =
  | 'browse.otherPane'
  | 'browse.unmarkAll'
  | 'browse.depth'
  | 'browse.previousView'
  | 'browse.nextView'
  | 'browse.search';

const scope = 'Looking through the directory';
const isHiddenInPalette = true;

export const paneCommands = defineCommands<unknown, BrowseCommandId>([
  {
    id: 'browse.otherPane',
    title: 'Go to the other pane',
    keys: ['tab', 'shift+tab'],
    scope,
    hint: 'Pane',
    isHiddenInPalette,
  },
]);

/** @param State.hasMarks whether anything is marked */
export const unmarkCommands = defineCommands<{ readonly hasMarks: boolean }, BrowseCommandId>([
  {
    id: 'browse.unmarkAll',
    title: 'Remove all marks, of users, containers and groups',
    keys: ['u'],
    scope,
    isEnabled: ({ hasMarks }) => hasMarks || 'Nothing is marked.',
  },
]);

/** What is looked at; hinted at behind what can be done with it. */
export const viewCommands = defineCommands<ImportState, BrowseCommandId>([
  {
    id: 'browse.depth',
    title: 'With or without what is below',
    keys: ['d'],
    scope,
    isEnabled: ({ view }) => view !== 'search' || 'A search always looks everywhere.',
  },
  { id: 'browse.previousView', title: 'Previous view', keys: ['['], scope, isHiddenInPalette },
  { id: 'browse.nextView', title: 'Next view', keys: [']'], scope, hint: 'View', isHiddenInPalette },
]);

/** For the search field when it has been left. */
export const searchCommands = defineCommands<unknown, BrowseCommandId>([
  { id: 'browse.search', title: 'Search for something else', keys: ['/'], scope, hint: 'Search' },
]);
