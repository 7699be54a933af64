import { isMfaError } from '../../core/errors.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { waitFor } from '../shell/wait-for.ts';
import { createReducerStore, type ReducerStore } from '../store.ts';
import { cancelled, type QuestionDialog, unsavedChanges } from '../widgets/dialog/state.ts';
import type { FormValues } from '../widgets/form/field.ts';
import { createForm, type Form, type SaveOutcome } from '../widgets/form/form.ts';
import { openFields } from '../widgets/form/state.ts';
import { reduceTabs } from '../widgets/tabs/state.ts';
import { completeForm } from './complete-form.ts';
import { defaultMapping } from './mapping-fields.ts';
import { type ReadForm, readForm } from './read-form.ts';
import {
  type DirectoryAction,
  type DirectoryState,
  type DirectoryTab,
  directoryFields,
  fieldsOn,
  type Loaded,
  reduceDirectory,
  tabsOf,
} from './state.ts';
import { valuesOf } from './values.ts';

/** The connection being edited. */
export interface DirectoryEditor extends ReducerStore<DirectoryState, DirectoryAction> {
  openTab(tab: DirectoryTab): void;
  goToTab(by: 1 | -1): void;
  /** What the form says; problems are shown in it. */
  read(): ReadForm;
  /** Asks the server for its base DN and fills it in. */
  suggestBaseDn(): Promise<void>;
  restoreDefaults(): void;
  canLeave(): boolean | Promise<boolean>;
  /** Reads the stored connection again, unless there are changes. */
  reload(): void;
}

export function createDirectoryEditor(context: ScreenContext): DirectoryEditor {
  const { overlays, status } = context;
  const connection = context.core.directoryConnection;
  const lockedBecause = context.isReadOnly ? '' : null;
  const first = prepare();
  // As in a list, letters are commands until a field is entered.
  first.form.dispatch({ type: 'editing', isEditing: false });
  const store = createReducerStore<DirectoryState, DirectoryAction>(reduceDirectory, {
    ...first,
    tab: 'settings',
    focus: first.form.get().focus,
    revision: 0,
  });
  watch(first.form);

  function prepare(): Loaded {
    const stored = connection.load();
    const fields = directoryFields(stored, lockedBecause);
    const form = createForm({
      fields,
      values: valuesOf(stored.settings),
      save,
      onProblem: (message) => status.say(message, 'warning'),
    });
    return { stored, fields, form };
  }

  function watch(form: Form): void {
    form.subscribe(() => {
      if (store.get().form === form) store.dispatch({ type: 'form-changed' });
    });
  }

  /** Shows what is stored; the focus stays in its field. */
  function load(): void {
    const { form: before } = store.get();
    const loaded = prepare();
    const { focus } = before.get();
    loaded.form.dispatch({ type: 'focus', to: { id: focus } });
    loaded.form.dispatch({ type: 'editing', isEditing: false });
    store.dispatch({ type: 'load', ...loaded });
    watch(loaded.form);
  }

  async function save(values: FormValues): Promise<SaveOutcome> {
    try {
      const complete = await completeForm(context, values, store.get().stored);
      if (complete === undefined) return 'failed';
      if (complete.problems !== undefined) return complete.problems;
      const { settings: after, password } = complete;
      return await write({ before: store.get().stored.settings, after, password });
    } catch (error) {
      await context.reportError('The connection was not saved', error);
      return 'failed';
    }
  }

  async function write(change: Parameters<typeof connection.save>[0]): Promise<SaveOutcome> {
    try {
      connection.save(change);
    } catch (error) {
      if (!isMfaError(error, 'settings.changed')) throw error;
      const answer = await overlays.ask(conflictQuestion(error.message));
      if (answer === 'overwrite') return write({ ...change, overwrite: true });
      if (answer === 'reload') load();
      return 'failed';
    }
    load();
    context.dataWasRead();
    status.say('The connection to the directory is saved.', 'ok');
    return undefined;
  }

  function read(): ReadForm {
    const { form } = store.get();
    const found = readForm(form.get().values, store.get().stored);
    if (found.problems !== undefined) form.dispatch({ type: 'problems', problems: found.problems });
    return found;
  }

  function openTab(tab: DirectoryTab): void {
    if (tab === store.get().tab) return;
    const { form } = store.get();
    const ids = fieldsOn(store.get(), tab);
    const { isEditing } = form.get();
    const target = openFields(form.get()).find(({ id }) => ids.includes(id))?.id ?? ids[0];
    store.dispatch({ type: 'tab', tab });
    if (target !== undefined) form.dispatch({ type: 'focus', to: { id: target } });
    form.dispatch({ type: 'editing', isEditing });
  }

  return {
    ...store,
    openTab,
    goToTab(by) {
      openTab(reduceTabs(tabsOf(store.get()), { type: by === 1 ? 'next' : 'previous' }).active);
    },
    read,
    async suggestBaseDn() {
      const { form } = store.get();
      const found = read();
      if (found.problems !== undefined) return;
      const { settings, password } = found;
      const text = `Asking ${settings.urls.join(', ')} for the base DN.`;
      const baseDn = await waitFor(context, 'Base DN', text, (signal) =>
        connection.suggestBaseDn(settings, password, signal),
      );
      if (baseDn === undefined) return;
      form.dispatch({ type: 'fill', values: { baseDn } });
      form.dispatch({ type: 'focus', to: { id: 'baseDn' } });
      status.say(`The base DN is ${baseDn}.`, 'ok');
    },
    restoreDefaults() {
      const { form, tab } = store.get();
      const { kind } = form.get().values;
      if (tab === 'settings' || (kind !== 'activeDirectory' && kind !== 'ldap')) return;
      form.dispatch({ type: 'fill', values: defaultMapping(kind, tab) });
      status.say(`These are the defaults; Ctrl+S saves them.`);
    },
    canLeave() {
      return store.get().form.hasChanges() ? askAboutChanges() : true;
    },
    reload() {
      if (store.get().form.hasChanges()) status.say('Save or undo your changes first.', 'warning');
      else load();
    },
  };

  async function askAboutChanges(): Promise<boolean> {
    const answer = await overlays.ask(unsavedChanges('The connection to the directory'));
    if (answer === 'save') return store.get().form.save();
    // The section stays open for the next visit, which must begin with what is stored.
    if (answer === 'discard') load();
    return answer === 'discard';
  }
}

function conflictQuestion(text: string): QuestionDialog {
  const buttons = [
    { id: cancelled, label: 'Cancel' },
    { id: 'reload', label: 'Reload' },
    { id: 'overwrite', label: 'Overwrite' },
  ];
  return { kind: 'question', title: 'Changed meanwhile', text, buttons, focused: 0, escape: cancelled };
}
