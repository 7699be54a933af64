import { type BoundCommand, bindCommands } from '../../commands/command.ts';
import { createReducerStore, type Store } from '../../store.ts';
import type { InputEvent } from '../../terminal/input-event.ts';
import { isTextKey, textInputAction } from '../text-input/keys.ts';
import { checkForm, type FieldSpec, type FormValues, isTyped, shownFields } from './field.ts';
import {
  choiceCommands,
  editCommands,
  type FormCommandId,
  formCommands,
  leaveCommands,
  toggleCommands,
} from './keys.ts';
import {
  changedFields,
  type FormAction,
  type FormState,
  focusedField,
  initialForm,
  openFields,
  reduceForm,
} from './state.ts';

/** The problems that were found, by field; `failed` when the reason is told elsewhere; undefined: it is saved. */
export type SaveOutcome = Readonly<Record<string, string>> | 'failed' | undefined;

export interface FormOptions {
  /** Where they depend on what is in other fields, a function of the values. */
  readonly fields: readonly FieldSpec[] | ((values: FormValues) => readonly FieldSpec[]);
  readonly values: FormValues;
  /** Stores the values. */
  save(values: FormValues): Promise<SaveOutcome>;
  /** Called for Enter on a text of several lines. */
  onOpen?(field: FieldSpec): void;
  /** Called with a sentence when a check kept the form from being saved. */
  onProblem?(message: string): void;
  /** How long a password stays after its key was last pressed, in milliseconds. Default 1500. */
  readonly revealMs?: number;
}

/** A form: its state, its keys and how it is saved. */
export interface Form extends Pick<Store<FormState>, 'get' | 'subscribe'> {
  /**
   * Ask for them anew at every key: what they are depends on the field and on whether it is edited. First comes what
   * works on the field, then saving, then the rest.
   */
  readonly commands: readonly BoundCommand[];
  /** Of them, what works on the field with the focus. */
  readonly fieldCommands: readonly BoundCommand[];
  dispatch(action: FormAction): void;
  /** For `Layer.capture`: text and the keys that edit it. */
  capture(event: InputEvent): boolean;
  /** For `Layer.takes`. */
  takes(chord: string): boolean;
  hasChanges(): boolean;
  /** Shows a password for a moment. */
  reveal(): void;
  /** True when it was saved, false when a field has a problem. */
  save(): Promise<boolean>;
}

export function createForm(options: FormOptions): Form {
  const { revealMs = 1500 } = options;
  const { fields } = options;
  const fieldsOf = typeof fields === 'function' ? fields : () => fields;
  const store = createReducerStore<FormState, FormAction>(
    (state, action) => withFields(state, reduceForm(state, action), fieldsOf),
    initialForm(fieldsOf(options.values), options.values),
  );
  let concealing: NodeJS.Timeout | undefined;
  let saving: Promise<boolean> | undefined;

  async function saveOnce(): Promise<boolean> {
    const { fields, values } = store.get();
    const own = checkForm(fields, values);
    const outcome = Object.keys(own).length > 0 ? own : await options.save(values);
    if (outcome === 'failed') return false;
    const problems = outcome ?? {};
    const count = Object.keys(problems).length;
    if (count === 0) {
      store.dispatch({ type: 'saved', values });
      return true;
    }
    store.dispatch({ type: 'problems', problems });
    options.onProblem?.(count === 1 ? 'One field needs attention.' : `${count} fields need attention.`);
    return false;
  }

  function save(): Promise<boolean> {
    // A held key must not save twice.
    saving ??= saveOnce().finally(() => {
      saving = undefined;
    });
    return saving;
  }

  /** Terminals report no release of a key: a held key repeats, and when that stops the password is hidden. */
  function reveal(): void {
    clearTimeout(concealing);
    store.dispatch({ type: 'reveal', isRevealed: true });
    concealing = setTimeout(() => store.dispatch({ type: 'reveal', isRevealed: false }), revealMs);
    concealing.unref();
  }

  const actions: Record<FormCommandId, () => void> = {
    'form.next': () => store.dispatch({ type: 'focus', to: 'next' }),
    'form.previous': () => store.dispatch({ type: 'focus', to: 'previous' }),
    'form.nextChoice': () => store.dispatch({ type: 'choose', by: 1 }),
    'form.previousChoice': () => store.dispatch({ type: 'choose', by: -1 }),
    'form.toggle': () => store.dispatch({ type: 'toggle' }),
    'form.undo': () => store.dispatch({ type: 'undo' }),
    'form.redo': () => store.dispatch({ type: 'redo' }),
    'form.reveal': reveal,
    'form.save': () => void save(),
    'form.leave': () => store.dispatch({ type: 'editing', isEditing: false }),
    'form.first': () => focusEdge(0),
    'form.last': () => focusEdge(-1),
    'form.edit': edit,
  };
  const bind = (table: typeof formCommands) => bindCommands(table, store.get, (id) => actions[id]());
  const commands = bind(formCommands);
  const leaving = bind(leaveCommands);
  // The way out is told before undo.
  const whileEditing = [...commands.slice(0, 2), ...leaving, ...commands.slice(2)];
  const entering = bind(editCommands);
  const choosing = bind(choiceCommands);
  const toggling = bind(toggleCommands);

  function edit(): void {
    const field = focusedField(store.get());
    if (field?.kind === 'lines') options.onOpen?.(field);
    else store.dispatch({ type: 'editing', isEditing: true });
  }

  /** A form that may only be looked at has an edge, too. */
  function focusEdge(index: 0 | -1): void {
    const open = openFields(store.get());
    const id = (open.length > 0 ? open : shownFields(store.get())).at(index)?.id;
    if (id !== undefined) store.dispatch({ type: 'focus', to: { id } });
  }

  function isEditing(): boolean {
    return store.get().isEditing && openFields(store.get()).length > 0;
  }

  function fieldCommands(): readonly BoundCommand[] {
    const kind = focusedField(store.get())?.kind;
    if (kind === 'lines') return entering;
    if (!isEditing()) return openFields(store.get()).length > 0 ? entering : [];
    if (kind === 'choice') return choosing;
    return kind === 'toggle' ? toggling : [];
  }

  const isText = () => isEditing() && isTyped(focusedField(store.get()));

  function capture(event: InputEvent): boolean {
    const edit = isText() ? textInputAction(event) : null;
    if (edit !== null) store.dispatch({ type: 'edit', edit });
    return edit !== null;
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    get commands() {
      return [...fieldCommands(), ...(isEditing() ? whileEditing : commands)];
    },
    get fieldCommands() {
      return fieldCommands();
    },
    dispatch: store.dispatch,
    capture,
    takes: (chord) => isText() && isTextKey(chord),
    reveal,
    hasChanges: () => changedFields(store.get()).length > 0,
    save,
  };
}

/** The fields that other values ask for; the focus stays where it is while its field is there. */
function withFields(
  before: FormState,
  after: FormState,
  fieldsOf: (values: FormValues) => readonly FieldSpec[],
): FormState {
  return before.values === after.values ? after : { ...after, fields: fieldsOf(after.values) };
}
