import { defineCommands } from '../../commands/command.ts';
import { changing } from '../../shell/screen.ts';
import { type CsvImportState, wouldChange } from './state.ts';

export type CsvImportCommandId = 'csv.import' | 'csv.details' | 'csv.preview';

export interface CsvCommandState extends CsvImportState {
  readonly isReadOnly: boolean;
  readonly hasLine: boolean;
}

const scope = 'CSV import';

const isPreviewed = (state: CsvCommandState) => {
  const may = changing(state);
  if (may !== true) return may;
  if (state.phase === 'imported') return 'The file is imported. p reads it again.';
  if (state.phase !== 'previewed') return 'The preview is not complete. p reads the file again.';
  return wouldChange(state) || 'No line would change anything.';
};

export const csvImportCommands = defineCommands<CsvCommandState, CsvImportCommandId>([
  {
    id: 'csv.import',
    title: 'Import what the preview shows',
    keys: ['i'],
    scope,
    hint: 'Import',
    isEnabled: isPreviewed,
  },
  {
    id: 'csv.details',
    title: 'Old and new values of a line',
    keys: ['enter'],
    scope,
    hint: 'Details',
    isEnabled: ({ hasLine }) => hasLine || 'There is no line here.',
  },
  { id: 'csv.preview', title: 'Read the file again', keys: ['p'], scope, hint: 'Preview' },
]);
