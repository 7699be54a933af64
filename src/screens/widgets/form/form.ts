import { type BoundCommand, bindCommands } from '../../commands/command.ts';
import { createReducerStore, type Store } from '../../store.ts';
import type { InputEvent } from '../../terminal/input-event.ts';
import { isTextKey, textInputAction } from '../text-input/keys.ts';
import { checkForm, type FieldSpec, type FormValues, isTyped } from './field.ts';
import { type FormCommandId, fieldCommands, formCommands, leaveCommands } from './keys.ts';
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
  /** Ask for them anew at every key: Esc is among them while a field is edited. */
  readonly commands: readonly BoundCommand[];
  dispatch(action: FormAction): void;
  /** For `Layer.capture`: text and editing keys. */
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

  function toggle(): void {
    const isChoice = focusedField(store.get())?.kind === 'choice';
    store.dispatch(isChoice ? { type: 'choose', by: 1 } : { type: 'toggle' });
  }

  const actions: Record<FormCommandId, () => void> = {
    'form.next': () => store.dispatch({ type: 'focus', to: 'next' }),
    'form.previous': () => store.dispatch({ type: 'focus', to: 'previous' }),
    'form.nextChoice': () => store.dispatch({ type: 'choose', by: 1 }),
    'form.previousChoice': () => store.dispatch({ type: 'choose', by: -1 }),
    'form.toggle': toggle,
    'form.undo': () => store.dispatch({ type: 'undo' }),
    'form.redo': () => store.dispatch({ type: 'redo' }),
    'form.reveal': reveal,
    'form.save': () => void save(),
    'form.leave': leave,
  };
  const commands = bindCommands(formCommands, store.get, (id) => actions[id]());
  const leaving = bindCommands(leaveCommands, store.get, leave);
  // The way out is told before undo.
  const whileEditing = [...commands.slice(0, 2), ...leaving, ...commands.slice(2)];

  function leave(): void {
    store.dispatch({ type: 'editing', isEditing: false });
  }

  function takes(chord: string): boolean {
    const { isEditing } = store.get();
    if (!isEditing || openFields(store.get()).length === 0) return false;
    if (isTyped(focusedField(store.get()))) return isTextKey(chord);
    return fieldCommands.some(({ keys }) => keys.includes(chord));
  }

  function capture(event: InputEvent): boolean {
    const { isEditing } = store.get();
    const chord = event.type === 'key' ? event.chord : '';
    const field = focusedField(store.get());
    if (chord === 'enter' && field?.kind === 'lines') {
      options.onOpen?.(field);
      return true;
    }
    if (openFields(store.get()).length === 0) return false;
    if (chord === 'enter' && !isEditing) {
      store.dispatch({ type: 'editing', isEditing: true });
      return true;
    }
    if (!isEditing) return false;
    if (isTyped(focusedField(store.get()))) {
      const edit = textInputAction(event);
      if (edit !== null) store.dispatch({ type: 'edit', edit });
      return edit !== null;
    }
    const command = fieldCommands.find(({ keys }) => keys.includes(chord));
    if (command !== undefined) actions[command.id]();
    return command !== undefined;
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    get commands() {
      const { isEditing } = store.get();
      return isEditing && openFields(store.get()).length > 0 ? whileEditing : commands;
    },
    dispatch: store.dispatch,
    capture,
    takes,
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
