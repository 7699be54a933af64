import { defineCommands } from '../commands/command.ts';
import { changing } from '../shell/screen.ts';

export type CompanyCommandId = 'company.default' | 'company.defaults';

export interface CompanyCommandState {
  readonly isReadOnly: boolean;
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
]);
