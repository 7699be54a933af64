import { type Command, defineCommands } from '../../../commands/command.ts';
import { changedParts, focusedArea, isTypable, type TemplateEditorState } from './state.ts';

export type TemplateEditorCommandId =
  | 'template.save'
  | 'template.next'
  | 'template.previous'
  | 'template.edit'
  | 'template.leave'
  | 'template.undo'
  | 'template.redo'
  | 'template.insert'
  | 'template.html'
  | 'template.attach'
  | 'template.detach'
  | 'template.preview'
  | 'template.view'
  | 'template.user'
  | 'template.compare';

const scope = 'Mail template';
const isHiddenInPalette = true;

type EditorCommand = Command<TemplateEditorState, TemplateEditorCommandId>;

/** The keys with Ctrl work while a part is typed into; the letters after Esc. */
export const templateEditorCommands = defineCommands<TemplateEditorState, TemplateEditorCommandId>([
  {
    id: 'template.save',
    title: 'Save the template',
    keys: ['ctrl+s'],
    scope,
    hint: 'Save',
    isEnabled: (state) => changedParts(state).length > 0 || 'Nothing was changed.',
  },
  {
    id: 'template.next',
    title: 'Next part',
    keys: ['tab', 'down', 'j'],
    scope,
    hint: 'Next',
    isHiddenInPalette,
  },
  {
    id: 'template.previous',
    title: 'Previous part',
    keys: ['shift+tab', 'up', 'k'],
    scope,
    isHiddenInPalette,
  },
  {
    id: 'template.insert',
    title: 'Variables: what they stand for, and insert one',
    keys: ['ctrl+g', 'i'],
    scope,
    hint: 'Variables',
    isEnabled: (state) =>
      (state.focus !== 'cc' && isTypable(state)) || 'Variables belong into subject and texts.',
  },
  {
    id: 'template.preview',
    title: 'Show or hide the mail that it makes',
    keys: ['ctrl+p', 'p'],
    scope,
    hint: 'Preview',
  },
  {
    id: 'template.view',
    title: 'The mail as plain text, HTML as text, HTML source',
    keys: ['ctrl+o', 'v'],
    scope,
  },
  { id: 'template.user', title: 'Show the mail for another user', keys: ['u'], scope, hint: 'User' },
  {
    id: 'template.html',
    title: 'Where the HTML comes from: the plain text, its own, none',
    keys: ['ctrl+t', 't'],
    scope,
    hint: 'HTML',
  },
  { id: 'template.attach', title: 'Attach a file', keys: ['ctrl+f', 'a'], scope, hint: 'Attach' },
  {
    id: 'template.detach',
    title: 'Take an attachment away',
    keys: ['-', 'delete'],
    scope,
    hint: 'Detach',
    isEnabled: ({ attachments }) => attachments.length > 0 || 'There are no attachments.',
  },
  {
    id: 'template.compare',
    title: 'Compare with the built-in template',
    keys: ['d'],
    scope,
    hint: 'Compare',
  },
  {
    id: 'template.undo',
    title: 'Undo in this part',
    keys: ['ctrl+z'],
    scope,
    hint: 'Undo',
    isEnabled: (state) => hasSteps(state, 'undo') || 'There is nothing to undo.',
  },
  {
    id: 'template.redo',
    title: 'Redo in this part',
    keys: ['ctrl+y'],
    scope,
    isEnabled: (state) => hasSteps(state, 'redo') || 'There is nothing to redo.',
  },
]);

function hasSteps(state: TemplateEditorState, which: 'undo' | 'redo'): boolean {
  return (focusedArea(state)?.get()[which].length ?? 0) > 0;
}

/** Into the part with the focus. */
export const partCommands = defineCommands<TemplateEditorState, TemplateEditorCommandId>([
  { id: 'template.edit', title: 'Type into this part', keys: ['enter', 'e'], scope, hint: 'Edit' },
] satisfies EditorCommand[]);

/** Out of it. */
export const leavePartCommands = defineCommands<TemplateEditorState, TemplateEditorCommandId>([
  {
    id: 'template.leave',
    title: 'Leave the part, so that letters are commands',
    keys: ['escape'],
    scope,
    hint: 'Leave',
    isHiddenInPalette,
  },
]);
