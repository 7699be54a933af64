import { isMfaError } from '../../core/errors.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { createReducerStore, type Store } from '../store.ts';
import {
  conflictQuestion,
  overwriteKeepsOthers,
  reportDialog,
  unsavedChanges,
} from '../widgets/dialog/state.ts';
import type { FieldSpec, FormValues } from '../widgets/form/field.ts';
import { createForm, type Form, type SaveOutcome } from '../widgets/form/form.ts';
import { changedFields } from '../widgets/form/state.ts';
import { compareLines } from './compare-lines.ts';

export interface StoredFormOptions<Stored> {
  /** What is edited, as it begins a sentence: `The company settings`. */
  readonly what: string;
  /** Whether that is more than one thing. */
  readonly isPlural: boolean;
  /** What is stored now. */
  read(): Stored;
  /** `values` are those of the form, for fields that depend on others. */
  fields(stored: Stored, values: FormValues): readonly FieldSpec[];
  values(stored: Stored): FormValues;
  /**
   * Stores the values. `before` is what the administrator has seen.
   * @throws {MfaError} `settings.changed` or `sync.itemChanged` when something else is stored by now; other errors are
   *   reported
   */
  save(values: FormValues, before: Stored): SaveOutcome | Promise<SaveOutcome>;
  /** Called for Enter on a text of several lines. */
  onOpen?(field: FieldSpec): void;
}

export interface StoredFormState<Stored> {
  /** As it was loaded. */
  readonly stored: Stored;
  readonly form: Form;
  /** Grows with every change of the form. */
  readonly revision: number;
}

/** A form over something that is stored and that others may change meanwhile. */
export interface StoredForm<Stored> extends Pick<Store<StoredFormState<Stored>>, 'get' | 'subscribe'> {
  /** Reads what is stored again, unless there are changes. */
  reload(): void;
  /** For `Screen.canLeave`: asks about changes. */
  canLeave(): boolean | Promise<boolean>;
}

type StoredFormAction<Stored> =
  | { readonly type: 'load'; readonly stored: Stored; readonly form: Form }
  | { readonly type: 'form-changed' };

function reduceStoredForm<Stored>(
  state: StoredFormState<Stored>,
  action: StoredFormAction<Stored>,
): StoredFormState<Stored> {
  const revision = state.revision + 1;
  if (action.type === 'form-changed') return { ...state, revision };
  return { stored: action.stored, form: action.form, revision };
}

export function createStoredForm<Stored>(
  context: ScreenContext,
  options: StoredFormOptions<Stored>,
): StoredForm<Stored> {
  const { overlays, status } = context;
  const { what, isPlural } = options;
  const first = prepare();
  // As in a list, letters are commands until a field is entered.
  first.form.dispatch({ type: 'editing', isEditing: false });
  const store = createReducerStore<StoredFormState<Stored>, StoredFormAction<Stored>>(reduceStoredForm, {
    ...first,
    revision: 0,
  });
  watch(first.form);

  function prepare(): { readonly stored: Stored; readonly form: Form } {
    const stored = options.read();
    const form = createForm({
      fields(values) {
        const fields = options.fields(stored, values);
        return context.isReadOnly ? fields.map((field) => ({ ...field, lockedBecause: '' })) : fields;
      },
      values: options.values(stored),
      save: (values) => save(values, stored),
      onOpen: (field) => options.onOpen?.(field),
      onProblem: (message) => status.say(message, 'warning'),
    });
    return { stored, form };
  }

  function watch(form: Form): void {
    form.subscribe(() => {
      if (store.get().form === form) store.dispatch({ type: 'form-changed' });
    });
  }

  /** Shows what is stored; the focus stays in its field. */
  function load(): void {
    const { focus } = store.get().form.get();
    const loaded = prepare();
    loaded.form.dispatch({ type: 'focus', to: { id: focus } });
    loaded.form.dispatch({ type: 'editing', isEditing: false });
    store.dispatch({ type: 'load', ...loaded });
    watch(loaded.form);
  }

  async function save(values: FormValues, before: Stored): Promise<SaveOutcome> {
    try {
      return await write(values, before);
    } catch (error) {
      await context.reportError(`${what} ${isPlural ? 'were' : 'was'} not saved`, error);
      return 'failed';
    }
  }

  /** Somebody may have been faster: their changes can be looked at, taken or written over. */
  async function write(values: FormValues, before: Stored): Promise<SaveOutcome> {
    try {
      const problems = await options.save(values, before);
      if (problems !== undefined) return problems;
    } catch (error) {
      if (!isMfaError(error, 'settings.changed') && !isMfaError(error, 'sync.itemChanged')) throw error;
      return resolveConflict(error.message, values, before);
    }
    load();
    context.dataWasRead();
    status.say(`${what} ${isPlural ? 'are' : 'is'} saved.`, 'ok');
    return undefined;
  }

  async function resolveConflict(message: string, values: FormValues, before: Stored): Promise<SaveOutcome> {
    for (;;) {
      const now = options.read();
      const { fields } = store.get().form.get();
      const loaded = options.values(before);
      const stored = options.values(now);
      const mine = Object.entries(values).filter(([id, value]) => value !== loaded[id]);
      const answer = await overlays.ask(conflictQuestion(`${message} ${overwriteKeepsOthers}`));
      if (answer === 'compare') {
        const lines = compareLines(fields, loaded, stored, values);
        await overlays.ask(reportDialog('Compare', 'What was changed since you have seen it:', lines));
        continue;
      }
      if (answer === 'reload') {
        load();
        status.say('Loaded again; your changes are gone.');
      }
      if (answer !== 'overwrite') return 'failed';
      return write({ ...stored, ...Object.fromEntries(mine) }, now);
    }
  }

  function hasChanges(): boolean {
    return changedFields(store.get().form.get()).length > 0;
  }

  async function askAboutChanges(): Promise<boolean> {
    const answer = await overlays.ask(unsavedChanges(what, isPlural ? 'have' : 'has'));
    if (answer === 'save') return store.get().form.save();
    // The section stays open for the next visit, which must begin with what is stored.
    if (answer === 'discard') load();
    return answer === 'discard';
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    reload() {
      const change = isPlural ? 'have' : 'has';
      if (hasChanges()) status.say(`${what} ${change} changes: save or undo them first.`, 'warning');
      else load();
    },
    canLeave: () => (hasChanges() ? askAboutChanges() : true),
  };
}
