import { bindCommands } from '../../commands/command.ts';
import type { Layer } from '../../commands/layers.ts';
import { combineStores, createStore, type Store } from '../../store.ts';
import type { FieldSpec, FormValues } from '../form/field.ts';
import { createForm, type Form, type SaveOutcome } from '../form/form.ts';
import { openFields } from '../form/state.ts';
import { type FormDialogCommandId, formDialogCommands } from './keys.ts';

export interface FormDialogOptions {
  readonly title: string;
  /** What it is about, above the fields. */
  readonly text?: string;
  readonly fields: readonly FieldSpec[];
  readonly values: FormValues;
  /** Names the act on the first button: "Block". */
  readonly label: string;
  /** It only looks something up, so that Enter in the last field does it. Default: a button has to be pressed. */
  readonly isLookup?: boolean;
  /** Does it; unless it is saved then, the dialog stays open. */
  submit?(values: FormValues): Promise<SaveOutcome>;
}

/** Which button has the focus; null while a field has it. */
export type FocusedButton = 'submit' | 'cancel' | null;

/** A few fields with two buttons, over a screen. */
export interface FormDialog extends Pick<Store<unknown>, 'get' | 'subscribe'> {
  readonly options: FormDialogOptions;
  readonly form: Form;
  readonly layer: Layer;
  focusedButton(): FocusedButton;
}

/** Makes it ready for keys. `onClose` is called once, with the values that were accepted or null. */
export function createFormDialog(
  options: FormDialogOptions,
  onClose: (values: FormValues | null) => void,
): FormDialog {
  const { fields, values, submit = async () => undefined } = options;
  const button = createStore<FocusedButton>(null);
  const form = createForm({ fields, values, save: submit });
  let isClosed = false;

  function close(result: FormValues | null): void {
    if (isClosed) return;
    isClosed = true;
    onClose(result);
  }

  async function accept(): Promise<void> {
    if (await form.save()) close(form.get().values);
    else button.set(null);
  }

  function isAt(edge: 'first' | 'last'): boolean {
    const open = openFields(form.get());
    const id = edge === 'first' ? open[0]?.id : open.at(-1)?.id;
    return id === undefined || form.get().focus === id;
  }

  function focusField(edge: 'first' | 'last'): void {
    const open = openFields(form.get());
    const id = edge === 'first' ? open[0]?.id : open.at(-1)?.id;
    if (id === undefined) return;
    button.set(null);
    form.dispatch({ type: 'focus', to: { id } });
  }

  function next(): void {
    if (button.get() === 'submit') button.set('cancel');
    else if (button.get() === 'cancel') focusField('first');
    else if (isAt('last')) {
      // Leaving the last field checks it.
      form.dispatch({ type: 'focus', to: { id: form.get().focus } });
      button.set('submit');
    } else form.dispatch({ type: 'focus', to: 'next' });
  }

  function previous(): void {
    if (button.get() === 'cancel') button.set('submit');
    else if (button.get() === 'submit') focusField('last');
    else if (isAt('first')) button.set('cancel');
    else form.dispatch({ type: 'focus', to: 'previous' });
  }

  function press(): void {
    const isAsked = options.isLookup === true && button.get() === null && isAt('last');
    if (isAsked || button.get() === 'submit') void accept();
    else if (button.get() === 'cancel') close(null);
    else next();
  }

  const actions: Record<FormDialogCommandId, () => void> = {
    'formDialog.next': next,
    'formDialog.previous': previous,
    'formDialog.accept': press,
    'formDialog.submit': () => void accept(),
    'formDialog.left': () => button.get() !== null && button.set('submit'),
    'formDialog.right': () => button.get() !== null && button.set('cancel'),
    'formDialog.reveal': form.reveal,
    'formDialog.cancel': () => close(null),
  };
  const own = bindCommands(
    formDialogCommands,
    () => null,
    (id) => actions[id](),
  );
  return {
    ...combineStores(form, button),
    options,
    form,
    focusedButton: button.get,
    layer: {
      name: `form: ${options.title}`,
      isModal: true,
      get commands() {
        return button.get() === null ? [...form.fieldCommands, ...own] : own;
      },
      capture: (event) => button.get() === null && form.capture(event),
      takes: (chord) => button.get() === null && form.takes(chord),
    },
  };
}
