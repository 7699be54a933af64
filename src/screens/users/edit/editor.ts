import { randomInt } from 'node:crypto';
import { isMfaError } from '../../../core/errors.ts';
import { userNotFound } from '../../../core/users/find-user.ts';
import { generatePin } from '../../../core/users/pin.ts';
import type { User } from '../../../core/users/user.ts';
import { userTrail } from '../../../core/users/user-trail.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { createReducerStore, type ReducerStore } from '../../store.ts';
import { momentText } from '../../text/moment-text.ts';
import {
  conflictQuestion,
  overwriteKeepsOthers,
  reportDialog,
  unsavedChanges,
} from '../../widgets/dialog/state.ts';
import type { FormValues } from '../../widgets/form/field.ts';
import { createForm, type Form, type SaveOutcome } from '../../widgets/form/form.ts';
import { changedFields, openFields } from '../../widgets/form/state.ts';
import { reduceTabs } from '../../widgets/tabs/state.ts';
import type { Siblings } from '../siblings.ts';
import { compareLines } from './compare-lines.ts';
import { editFields } from './fields.ts';
import { infoFacts } from './info.ts';
import { addUser, editUser, fieldProblems, type SavedUser, type UserEdit } from './save-user.ts';
import { type EditAction, type EditState, fieldsOn, reduceEdit, tabsOf } from './state.ts';
import { helperFields, patchOf, valuesOf } from './values.ts';

export interface EditorOptions {
  /** Null adds a new one. */
  readonly user: User | null;
  readonly siblings: Siblings;
  onSaved(user: User): void;
}

/** One user being edited after the other. */
export interface Editor extends ReducerStore<EditState, EditAction> {
  goToTab(by: 1 | -1): void;
  goToUser(by: 1 | -1): Promise<void>;
  generatePin(): void;
  /** Whether it may be left, after asking about changes. */
  canLeave(): boolean | Promise<boolean>;
  /** Reads the user again, unless there are changes. */
  reload(): void;
}

/** Enough to tell where settings come from, and few enough to go from user to user quickly. */
const eventsRead = 200;

export function createEditor(context: ScreenContext, options: EditorOptions): Editor {
  const { core, overlays, status } = context;
  const now = () => core.clock();
  const store = createReducerStore<EditState, EditAction>(reduceEdit, {
    ...prepare(options.user),
    tab: 'general',
    revision: 0,
  });
  watch(store.get().form);

  function prepare(user: User | null): Pick<EditState, 'user' | 'fields' | 'form' | 'facts'> {
    const settings = core.companySettings.load();
    const fields = editFields(user, settings, context.isReadOnly ? '' : null);
    const form = createForm({
      fields,
      values: valuesOf(user, settings),
      save: (values) => save(user, values),
      onProblem: (message) => status.say(message, 'warning'),
    });
    const events = user === null ? [] : userTrail(core.store, user.username, eventsRead);
    return { user, fields, form, facts: user === null ? [] : infoFacts(user, events, settings, now()) };
  }

  function watch(form: Form): void {
    form.subscribe(() => {
      if (store.get().form === form) store.dispatch({ type: 'form-changed' });
    });
  }

  /** Shows a user; the focus stays in its field. */
  function load(user: User): void {
    const { form: before } = store.get();
    const loaded = prepare(user);
    const { focus, isEditing } = before.get();
    loaded.form.dispatch({ type: 'focus', to: { id: focus } });
    loaded.form.dispatch({ type: 'editing', isEditing });
    store.dispatch({ type: 'load', ...loaded });
    watch(loaded.form);
  }

  async function save(user: User | null, values: FormValues): Promise<SaveOutcome> {
    const edit: UserEdit = {
      patch: patchOf(values, store.get().form.get().initial, user),
      pin: values.pin === '' ? undefined : String(values.pin),
      mustChangePin: values.pinMustChange === true,
      sendEmail: values.sendEmail === true,
    };
    try {
      if (user === null) accept(await addUser(core, edit), 'added');
      else accept(await editUser(core, user, edit, user.version), 'saved');
      return undefined;
    } catch (error) {
      if (user !== null && isMfaError(error, 'user.changed')) return resolveConflict(user, edit);
      return failure(error);
    }
  }

  function accept({ user, mail }: SavedUser, done: string): void {
    load(user);
    options.onSaved(user);
    const text = `${user.username} is ${done}`;
    if (mail?.state === 'notSent') status.say(`${text}, but gets no mail: ${mail.why}`, 'warning');
    else status.say(mail === null ? `${text}.` : `${text}, and a mail to ${mail.recipient} is queued.`, 'ok');
  }

  async function failure(error: unknown): Promise<SaveOutcome> {
    const problems = fieldProblems(error);
    if (problems !== undefined) return problems;
    await context.reportError('The user was not saved', error);
    return 'failed';
  }

  /** Somebody was faster: their changes can be looked at, taken or written over. */
  async function resolveConflict(user: User, edit: UserEdit): Promise<SaveOutcome> {
    for (;;) {
      const [stored] = core.users.byIds([user.id]);
      if (stored === undefined) return failure(userNotFound(user.username, []));
      const when = momentText(stored.updatedAt, now());
      const text = `${stored.username} was changed by ${stored.updatedBy} at ${when}. ${overwriteKeepsOthers}`;
      const answer = await overlays.ask(conflictQuestion(text));
      if (answer === 'compare') {
        const lines = compareLines(user, stored, edit.patch);
        await overlays.ask(reportDialog('Compare', `What was changed of ${stored.username}:`, lines));
        continue;
      }
      if (answer === 'reload') {
        load(stored);
        status.say('Loaded again; your changes are gone.');
      }
      if (answer !== 'overwrite') return 'failed';
      try {
        accept(await editUser(core, stored, edit, stored.version), 'saved');
        return undefined;
      } catch (error) {
        if (!isMfaError(error, 'user.changed')) return failure(error);
      }
    }
  }

  function hasChanges(): boolean {
    return changedFields(store.get().form.get()).some((id) => !helperFields.has(id));
  }

  function canLeave(): boolean | Promise<boolean> {
    return hasChanges() ? askAboutChanges() : true;
  }

  async function askAboutChanges(): Promise<boolean> {
    const { user, form } = store.get();
    const answer = await overlays.ask(unsavedChanges(user?.username ?? 'The new user'));
    if (answer === 'save') return form.save();
    return answer === 'discard';
  }

  async function goToUser(by: 1 | -1): Promise<void> {
    if (!(await canLeave())) return;
    const next = await options.siblings.go(by);
    if (next === undefined) status.say(`This is the ${by === 1 ? 'last' : 'first'} user.`, 'warning');
    else load(next);
  }

  /** Steps that are asked for while one is on its way follow it. */
  let step: Promise<unknown> = Promise.resolve();

  return {
    ...store,
    goToTab(by) {
      const { active } = reduceTabs(tabsOf(store.get()), { type: by === 1 ? 'next' : 'previous' });
      if (active === store.get().tab) return;
      store.dispatch({ type: 'tab', tab: active });
      const { form } = store.get();
      const ids = fieldsOn(store.get(), active);
      const first = openFields(form.get()).find(({ id }) => ids.includes(id));
      if (first !== undefined) form.dispatch({ type: 'focus', to: { id: first.id } });
    },
    goToUser(by) {
      const mine = step.then(() => goToUser(by));
      step = mine.catch(() => undefined);
      return mine;
    },
    generatePin() {
      const { form } = store.get();
      const { values } = form.get();
      const phones = [values.phone, values.backupPhone].map((phone) => String(phone) || null);
      const pin = generatePin(core.companySettings.load(), phones, randomInt);
      form.dispatch({ type: 'fill', values: { pin, pinAgain: pin } });
      form.dispatch({ type: 'focus', to: { id: 'pin' } });
      form.reveal();
    },
    canLeave,
    reload() {
      const { user } = store.get();
      if (user === null) return;
      const [stored] = core.users.byIds([user.id]);
      if (stored === undefined) status.say(`${user.username} was removed.`, 'warning');
      else if (hasChanges()) status.say('Save or undo your changes first.', 'warning');
      else load(stored);
    },
  };
}
