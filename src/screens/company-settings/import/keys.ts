import { defineCommands } from '../../commands/command.ts';

/** It is open only where changes may be made. */
export const settingsImportCommands = defineCommands<unknown, 'settingsImport.apply'>([
  {
    id: 'settingsImport.apply',
    title: 'Change the settings as the file has them',
    keys: ['i'],
    scope: 'Import of settings',
    hint: 'Import',
  },
]);
