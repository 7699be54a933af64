import type { ImportRun } from '../../core/runs/run.ts';
import { defineCommands } from '../commands/command.ts';
import { changing } from '../shell/screen.ts';
import type { Whom } from './whom.ts';

export type ImportCommandId =
  | 'import.preview'
  | 'import.import'
  | 'import.settings'
  | 'import.method'
  | 'import.languages'
  | 'import.continue';

/** What decides which actions are possible. */
export interface ImportCommandState {
  readonly isReadOnly: boolean;
  readonly whom: Whom | null;
  readonly isMarking: boolean;
  /** An earlier import that did not come to its end. */
  readonly unfinished: ImportRun | null;
}

const scope = 'Import from the directory';

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
]);
