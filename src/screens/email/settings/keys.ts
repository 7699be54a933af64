import { defineCommands } from '../../commands/command.ts';
import { changing } from '../../shell/screen.ts';

export type EmailSettingsCommandId = 'email.test';

export interface EmailSettingsCommandState {
  readonly isReadOnly: boolean;
}

/** The key with Ctrl works in a field, too. */
export const emailSettingsCommands = defineCommands<EmailSettingsCommandState, EmailSettingsCommandId>([
  {
    id: 'email.test',
    title: 'Send a test with what stands here, saved or not',
    keys: ['t', 'ctrl+t'],
    scope: 'E-mail settings',
    hint: 'Test',
    // It leaves an audit event, and a mail.
    isEnabled: changing,
  },
]);
