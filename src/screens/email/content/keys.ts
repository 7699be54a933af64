import { type Command, defineCommands } from '../../commands/command.ts';
import { changing } from '../../shell/screen.ts';

export type ContentCommandId =
  | 'content.edit'
  | 'content.user'
  | 'content.view'
  | 'content.compare'
  | 'content.reset'
  | 'content.pane';

export interface ContentCommandState {
  readonly isReadOnly: boolean;
  /** The cursor is on a template, not on what stands above several. */
  readonly isTemplate: boolean;
  readonly isEdited: boolean;
}

const scope = 'Email Content';

function onTemplate({ isTemplate, isEdited }: ContentCommandState): true | string {
  if (!isTemplate) return 'Choose a template: a language below a kind of mail.';
  return isEdited || 'The template is the built-in one.';
}

function command(
  id: ContentCommandId,
  title: string,
  keys: string[],
  hint?: string,
): Command<ContentCommandState, ContentCommandId> {
  return hint === undefined ? { id, title, keys, scope } : { id, title, keys, scope, hint };
}

export const contentCommands = defineCommands<ContentCommandState, ContentCommandId>([
  {
    ...command('content.edit', 'Edit the template, or open what is below', ['enter', 'e'], 'Edit'),
    isEnabled: (state) => !state.isTemplate || changing(state),
  },
  command('content.user', 'Show mails for another user', ['u'], 'User'),
  command('content.view', 'Plain text, HTML as text, HTML source', ['v'], 'View'),
  {
    ...command('content.compare', 'Compare with the built-in template', ['d'], 'Compare'),
    isEnabled: onTemplate,
  },
  {
    ...command('content.reset', 'Take the built-in template again', ['-', 'delete'], 'Reset'),
    isEnabled(state) {
      const may = changing(state);
      return may === true ? onTemplate(state) : may;
    },
  },
  command('content.pane', 'Between the templates and the mail', ['tab', 'shift+tab']),
]);
