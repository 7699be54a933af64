import {
  reduceTextInput,
  type TextInputAction,
  type TextInputState,
  textInput,
} from '../text-input/state.ts';

export interface DialogButton {
  /** What the dialog answers when it is pressed. */
  readonly id: string;
  readonly label: string;
}

/** A question with buttons. */
export interface QuestionDialog {
  readonly kind: 'question';
  readonly title: string;
  readonly text: string;
  readonly buttons: readonly DialogButton[];
  readonly focused: number;
  /** The answer of Esc: always the safe one. */
  readonly escape: string;
}

/** A destructive act on many: the number must be typed. */
export interface NumberDialog {
  readonly kind: 'number';
  readonly title: string;
  readonly text: string;
  readonly number: number;
  readonly input: TextInputState;
  readonly problem: string | null;
}

/** What failed and what to do; details on demand. */
export interface ErrorDialog {
  readonly kind: 'error';
  readonly title: string;
  readonly text: string;
  readonly advice: string;
  readonly details: readonly string[];
  readonly showsDetails: boolean;
}

/** Lines to be read, such as PINs that are shown once: no other key than Enter and Esc closes it. */
export interface ReportDialog {
  readonly kind: 'report';
  readonly title: string;
  readonly text: string;
  readonly lines: readonly string[];
}

export type Dialog = QuestionDialog | NumberDialog | ErrorDialog | ReportDialog;

/** A dialog and, once it was answered, the answer. */
export interface DialogState {
  readonly dialog: Dialog;
  readonly answer: string | null;
}

export type DialogAction =
  | { readonly type: 'next' }
  | { readonly type: 'previous' }
  | { readonly type: 'accept' }
  | { readonly type: 'escape' }
  | { readonly type: 'type'; readonly edit: TextInputAction };

/** The answer of a dialog that was left with Esc or the safe button. */
export const cancelled = 'cancel';
/** The answer of a number dialog with the right number. */
export const confirmed = 'confirm';

/** "Remove user asmith?" with Cancel as the default. `label` names the act: "Remove". */
export function confirmation(title: string, text: string, label: string): QuestionDialog {
  const buttons = [
    { id: cancelled, label: 'Cancel' },
    { id: confirmed, label },
  ];
  return { kind: 'question', title, text, buttons, focused: 0, escape: cancelled };
}

/** The question before changes are left behind. Its default saves; Esc keeps editing. */
export function unsavedChanges(what: string, verb: 'has' | 'have' = 'has'): QuestionDialog {
  const buttons = [
    { id: 'save', label: 'Save' },
    { id: 'discard', label: 'Discard' },
    { id: cancelled, label: 'Cancel' },
  ];
  const text = `${what} ${verb} changes that are not saved.`;
  return { kind: 'question', title: 'Unsaved changes', text, buttons, focused: 0, escape: cancelled };
}

/** Somebody else has changed what is to be saved. @param text who and when, and what overwriting does */
export function conflictQuestion(text: string): QuestionDialog {
  const buttons = [
    { id: cancelled, label: 'Cancel' },
    { id: 'compare', label: 'Compare' },
    { id: 'reload', label: 'Reload' },
    { id: 'overwrite', label: 'Overwrite' },
  ];
  return { kind: 'question', title: 'Changed meanwhile', text, buttons, focused: 0, escape: cancelled };
}

/** What overwriting does where only changed fields are written. */
export const overwriteKeepsOthers =
  'Overwrite writes your changes over theirs and leaves the other fields as they are now.';

export function numberConfirmation(title: string, text: string, number: number): NumberDialog {
  return { kind: 'number', title, text, number, input: textInput(), problem: null };
}

export function errorDialog(
  title: string,
  text: string,
  advice = '',
  details: readonly string[] = [],
): ErrorDialog {
  return { kind: 'error', title, text, advice, details, showsDetails: false };
}

export function reportDialog(title: string, text: string, lines: readonly string[]): ReportDialog {
  return { kind: 'report', title, text, lines };
}

export function reduceDialog(state: DialogState, action: DialogAction): DialogState {
  if (state.answer !== null) return state;
  const { dialog } = state;
  switch (dialog.kind) {
    case 'question':
      return reduceQuestion(state, dialog, action);
    case 'number':
      return reduceNumber(state, dialog, action);
    case 'error':
      return reduceError(state, dialog, action);
    case 'report':
      return action.type === 'escape' ? { ...state, answer: cancelled } : state;
  }
}

function reduceQuestion(state: DialogState, dialog: QuestionDialog, action: DialogAction): DialogState {
  const last = dialog.buttons.length - 1;
  switch (action.type) {
    case 'next':
      return { ...state, dialog: { ...dialog, focused: Math.min(last, dialog.focused + 1) } };
    case 'previous':
      return { ...state, dialog: { ...dialog, focused: Math.max(0, dialog.focused - 1) } };
    case 'accept':
      return { ...state, answer: dialog.buttons[dialog.focused]?.id ?? dialog.escape };
    case 'escape':
      return { ...state, answer: dialog.escape };
    case 'type':
      return state;
  }
}

function reduceNumber(state: DialogState, dialog: NumberDialog, action: DialogAction): DialogState {
  switch (action.type) {
    case 'type':
      return {
        ...state,
        dialog: { ...dialog, input: reduceTextInput(dialog.input, action.edit), problem: null },
      };
    case 'escape':
      return { ...state, answer: cancelled };
    case 'accept': {
      const typed = dialog.input.value.replace(/[\s,.]/g, '');
      if (typed === String(dialog.number)) return { ...state, answer: confirmed };
      const problem = typed === '' ? 'Type the number, or press Esc.' : `That is not ${dialog.number}.`;
      return { ...state, dialog: { ...dialog, problem } };
    }
    default:
      return state;
  }
}

/** `accept` opens the details once; whatever else comes closes it. */
function reduceError(state: DialogState, dialog: ErrorDialog, action: DialogAction): DialogState {
  if (action.type === 'accept' && dialog.details.length > 0 && !dialog.showsDetails) {
    return { ...state, dialog: { ...dialog, showsDetails: true } };
  }
  return { ...state, answer: cancelled };
}
