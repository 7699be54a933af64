import { defineCommands } from '../commands/command.ts';
import { changing } from '../shell/screen.ts';

export type CompanyCommandId = 'company.default' | 'company.defaults' | 'company.export' | 'company.import';

export interface CompanyCommandState {
  readonly isReadOnly: boolean;
  /** Something in the form is not saved. */
  readonly hasChanges: boolean;
}

const scope = 'Company Settings';

/** The keys with Ctrl work in a field, too. */
export const companyCommands = defineCommands<CompanyCommandState, CompanyCommandId>([
  {
    id: 'company.default',
    title: 'Give this setting its default',
    keys: ['ctrl+d'],
    scope,
    hint: 'Default',
    isEnabled: changing,
  },
  {
    id: 'company.defaults',
    title: 'Give all settings of this page their defaults',
    keys: [],
    scope,
    isEnabled: changing,
  },
  {
    id: 'company.export',
    title: 'Export all settings to a YAML file',
    keys: ['x'],
    scope,
    hint: 'Export',
  },
  {
    id: 'company.import',
    title: 'Import settings from a YAML file, after a look at the differences',
    keys: ['i'],
    scope,
    hint: 'Import',
    isEnabled(state) {
      const may = changing(state);
      if (may !== true) return may;
      return !state.hasChanges || 'Save or undo your changes first.';
    },
  },
]);
