import { type BoundCommand, bindCommands } from '../../commands/command.ts';
import { createReducerStore, type Store } from '../../store.ts';
import type { InputEvent } from '../../terminal/input-event.ts';
import { textInputAction } from '../text-input/keys.ts';
import { checkForm, type FieldSpec, type FormValues, isTyped } from './field.ts';
import { type FormCommandId, fieldCommands, formCommands } from './keys.ts';
import {
  changedFields,
  type FormAction,
  type FormState,
  focusedField,
  initialForm,
  reduceForm,
} from './state.ts';

export interface FormOptions {
  readonly fields: readonly FieldSpec[];
  readonly values: FormValues;
  /** Stores the values. What it resolves with are the problems it found, by field; none: it is saved. */
  save(values: FormValues): Promise<Readonly<Record<string, string>> | undefined>;
  /** Called with a sentence when a check kept the form from being saved. */
  onProblem?(message: string): void;
  /** How long a password stays after its key was last pressed, in milliseconds. Default 1500. */
  readonly revealMs?: number;
}

/** A form: its state, its keys and how it is saved. */
export interface Form extends Pick<Store<FormState>, 'get' | 'subscribe'> {
  readonly commands: readonly BoundCommand[];
  dispatch(action: FormAction): void;
  /** For `Layer.capture`: text and editing keys, and Esc, which leaves the field. */
  capture(event: InputEvent): boolean;
  hasChanges(): boolean;
  /** True when it was saved, false when a field has a problem. */
  save(): Promise<boolean>;
}

export function createForm(options: FormOptions): Form {
  const { revealMs = 1500 } = options;
  const store = createReducerStore<FormState, FormAction>(
    reduceForm,
    initialForm(options.fields, options.values),
  );
  let concealing: NodeJS.Timeout | undefined;
  let saving: Promise<boolean> | undefined;

  async function saveOnce(): Promise<boolean> {
    const { fields, values } = store.get();
    const own = checkForm(fields, values);
    const problems = Object.keys(own).length > 0 ? own : ((await options.save(values)) ?? {});
    const count = Object.keys(problems).length;
    if (count === 0) {
      store.dispatch({ type: 'saved' });
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
  };

  function capture(event: InputEvent): boolean {
    const { isEditing } = store.get();
    const chord = event.type === 'key' ? event.chord : '';
    if (chord === 'escape' && isEditing) {
      store.dispatch({ type: 'editing', isEditing: false });
      return true;
    }
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
    commands: bindCommands(formCommands, store.get, (id) => actions[id]()),
    dispatch: store.dispatch,
    capture,
    hasChanges: () => changedFields(store.get()).length > 0,
    save,
  };
}
