import { defineCommands } from '../commands/command.ts';
import { changing } from '../shell/screen.ts';
import type { DirectoryTab } from './fields.ts';

export type DirectoryCommandId =
  | 'directory.test'
  | 'directory.suggest'
  | 'directory.certificates'
  | 'directory.try'
  | 'directory.defaults';

export interface DirectoryCommandState {
  readonly isReadOnly: boolean;
  readonly tab: DirectoryTab;
  /** It is not the sample directory. */
  readonly isConnected: boolean;
}

const scope = 'Directory Integration';

/** Letters work where no text is typed; the keys with Ctrl work everywhere. */
export const directoryCommands = defineCommands<DirectoryCommandState, DirectoryCommandId>([
  {
    id: 'directory.test',
    title: 'Test the connection, saved or not',
    keys: ['t', 'ctrl+t'],
    scope,
    hint: 'Test',
  },
  {
    id: 'directory.suggest',
    title: 'Ask the server for its base DN',
    keys: ['ctrl+g'],
    scope,
    hint: 'Base DN',
    isEnabled(state) {
      if (!state.isConnected) return 'Not for the sample directory.';
      if (state.tab !== 'settings') return 'It is among the settings.';
      return changing(state);
    },
  },
  {
    id: 'directory.certificates',
    title: "Look at the servers' certificates, trust them",
    keys: ['ctrl+p'],
    scope,
    hint: 'Trust',
    isEnabled(state) {
      if (!state.isConnected) return 'Not for the sample directory.';
      if (state.tab !== 'settings') return 'It is among the settings.';
      return changing(state);
    },
  },
  {
    id: 'directory.try',
    title: 'Try filters, or attributes on somebody',
    keys: ['f', 'ctrl+f'],
    scope,
    hint: 'Try',
    isEnabled(state) {
      if (state.tab === 'settings') return 'Only filters and attributes.';
      return state.isConnected || 'Not for the sample directory.';
    },
  },
  {
    id: 'directory.defaults',
    title: 'Restore the defaults of this page',
    keys: ['ctrl+d'],
    scope,
    hint: 'Defaults',
    isEnabled(state) {
      if (state.tab === 'settings') return 'Only filters and attributes.';
      if (!state.isConnected) return 'Not for the sample directory.';
      return changing(state);
    },
  },
]);
