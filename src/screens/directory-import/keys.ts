import type { ImportRun } from '../../core/runs/run.ts';
import { defineCommands } from '../commands/command.ts';
import { changing } from '../shell/screen.ts';
import type { ImportState } from './state.ts';
import type { Whom } from './whom.ts';

export type ImportCommandId =
  | 'import.preview'
  | 'import.import'
  | 'import.otherPane'
  | 'import.settings'
  | 'import.method'
  | 'import.languages'
  | 'import.depth'
  | 'import.previousView'
  | 'import.nextView'
  | 'import.search'
  | 'import.continue'
  | 'import.unmarkAll';

/** What decides which actions are possible. */
export interface ImportCommandState extends ImportState {
  readonly isReadOnly: boolean;
  readonly whom: Whom | null;
  readonly isMarking: boolean;
  readonly hasMarks: boolean;
  /** An earlier import that did not come to its end. */
  readonly unfinished: ImportRun | null;
}

const scope = 'Import from the directory';
const isHiddenInPalette = true;

function hasSomebody({ whom, isMarking }: ImportCommandState): true | string {
  if (isMarking) return 'The users are still being marked.';
  if (whom === null) return 'Nothing is marked, and there is nobody here.';
  return whom.users !== 0 || `There is nobody in ${whom.text}.`;
}

const mayImport = (state: ImportCommandState) => {
  const may = changing(state);
  return may === true ? hasSomebody(state) : may;
};

export const importCommands = defineCommands<ImportCommandState, ImportCommandId>([
  {
    id: 'import.otherPane',
    title: 'Go to the other pane',
    keys: ['tab', 'shift+tab'],
    scope,
    hint: 'Pane',
    isHiddenInPalette,
  },
  {
    id: 'import.preview',
    title: 'Preview: everything but writing',
    keys: ['p'],
    scope,
    hint: 'Preview',
    isEnabled: hasSomebody,
  },
  {
    id: 'import.import',
    title: 'Import',
    keys: ['enter'],
    scope,
    hint: 'Import',
    isEnabled: mayImport,
  },
  {
    id: 'import.continue',
    title: 'Continue the import that is not finished',
    keys: ['c'],
    scope,
    hint: 'Continue',
    isEnabled(state) {
      const may = changing(state);
      if (may !== true) return may;
      return state.unfinished !== null || 'No import waits to be continued.';
    },
  },
  { id: 'import.settings', title: 'Settings of the import', keys: ['o'], scope },
  { id: 'import.method', title: 'Method defaults', keys: ['m'], scope },
  { id: 'import.languages', title: 'Language defaults', keys: ['l'], scope },
  {
    id: 'import.unmarkAll',
    title: 'Remove all marks, of users, containers and groups',
    keys: ['u'],
    scope,
    isEnabled: ({ hasMarks }) => hasMarks || 'Nothing is marked.',
  },
]);

/** What is looked at; hinted at behind what can be done with it. */
export const viewCommands = defineCommands<ImportState, ImportCommandId>([
  {
    id: 'import.depth',
    title: 'With or without what is below',
    keys: ['d'],
    scope,
    isEnabled: ({ view }) => view !== 'search' || 'A search always looks everywhere.',
  },
  { id: 'import.previousView', title: 'Previous view', keys: ['['], scope, isHiddenInPalette },
  { id: 'import.nextView', title: 'Next view', keys: [']'], scope, hint: 'View', isHiddenInPalette },
]);

/** For the search field when it has been left. */
export const searchCommands = defineCommands<unknown, ImportCommandId>([
  { id: 'import.search', title: 'Search for something else', keys: ['/'], scope, hint: 'Search' },
]);
