import { type DirectoryType, directoryNames } from '../../core/directory/directory.ts';
import { type BoundCommand, bindCommands } from '../commands/command.ts';
import { completeForm } from '../directory-integration/complete-form.ts';
import { createDoctor, type Doctor } from '../directory-integration/doctor/doctor.ts';
import { bindDoctor } from '../directory-integration/doctor/keys.ts';
import { initialDoctor } from '../directory-integration/doctor/state.ts';
import { subjectOf } from '../directory-integration/doctor/subject.ts';
import { readForm } from '../directory-integration/read-form.ts';
import { trustShown } from '../directory-integration/show-certificates.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import { createReducerStore } from '../store.ts';
import type { InputEvent } from '../terminal/input-event.ts';
import { unsavedChanges } from '../widgets/dialog/state.ts';
import type { Form } from '../widgets/form/form.ts';
import { openFields } from '../widgets/form/state.ts';
import { createConnectionForms } from './connection-forms.ts';
import { FirstRunView } from './first-run-view.tsx';
import {
  type ConnectionStepCommandId,
  choiceCommands,
  connectionStepCommands,
  stepBackCommands,
  testStepCommands,
} from './keys.ts';
import { chosen, initialFirstRun, reduceFirstRun } from './state.ts';

const notSaved = 'The connection was not saved';

/** Choose a directory, connect to it, test it: what a new installation begins with. */
export function openFirstRun(context: ScreenContext): Screen {
  const { status } = context;
  const connection = context.core.directoryConnection;
  const stored = connection.load();
  const store = createReducerStore(reduceFirstRun, initialFirstRun);
  const forms = createConnectionForms(stored, () => store.dispatch({ type: 'changed' }));
  let doctor: Doctor | null = null;
  let subject = '';

  function choose(): void {
    const choice = chosen(store.get());
    if (choice === 'skip') {
      context.back();
      return;
    }
    forms.choose(choice).dispatch({ type: 'editing', isEditing: true });
    store.dispatch({ type: 'choose' });
    if (choice === 'sample') test();
  }

  function test(): void {
    const form = forms.current();
    if (form === null) return;
    const found = readForm(form.get().values, stored);
    if (found.problems !== undefined) {
      form.dispatch({ type: 'problems', problems: found.problems });
      return;
    }
    const { settings, password } = found;
    subject = subjectOf(settings);
    doctor?.stop();
    doctor = createDoctor(
      (signal) => connection.test(settings, password, signal),
      (error) => void context.reportError('The test broke off', error),
    );
    doctor.subscribe(() => store.dispatch({ type: 'changed' }));
    store.dispatch({ type: 'next' });
    void doctor.run();
  }

  function stepBack(): void {
    doctor?.stop();
    store.dispatch({ type: 'back' });
  }

  /** True when the current form was saved; false when that was given up, or a field has a problem. */
  async function save(): Promise<boolean> {
    const form = forms.current();
    if (form === null) return false;
    const complete = await completeForm(context, form.get().values, stored);
    if (complete === undefined) return false;
    if (complete.problems !== undefined) {
      doctor?.stop();
      store.dispatch({ type: 'mend', choice: form.get().values.kind as DirectoryType });
      form.dispatch({ type: 'problems', problems: complete.problems });
      return false;
    }
    const { settings: after, password } = complete;
    connection.save({ before: stored.settings, after, password });
    forms.discard();
    context.dataWasRead();
    status.say(`${directoryNames[after.type]}: saved.`, 'ok');
    return true;
  }

  async function finish(): Promise<void> {
    if (await save()) context.goTo('users', 'import');
  }

  async function askAboutChanges(kind: DirectoryType): Promise<boolean> {
    const answer = await context.overlays.ask(unsavedChanges('The connection to the directory'));
    if (answer === 'discard') forms.discard();
    if (answer !== 'save') return answer === 'discard';
    forms.choose(kind);
    try {
      return await save();
    } catch (error) {
      await context.reportError(notSaved, error);
      return false;
    }
  }

  async function trust(): Promise<void> {
    const form = forms.current();
    if (form === null) return;
    const found = readForm(form.get().values, stored);
    if (found.problems === undefined) await trustShown(context, form, found.settings);
    else form.dispatch({ type: 'problems', problems: found.problems });
  }

  /** Enter in the last field goes on, as in every other it goes to the next. */
  function capture(event: InputEvent): boolean {
    const form = forms.current();
    if (store.get().step !== 'connection' || form === null) return false;
    const { focus, isEditing } = form.get();
    const isLast = openFields(form.get()).at(-1)?.id === focus;
    if (isEditing && isLast && event.type === 'key' && event.chord === 'enter') {
      test();
      return true;
    }
    return form.capture(event);
  }

  const choiceActions = {
    'firstRun.choose': choose,
    'firstRun.skip': context.back,
    'firstRun.up': () => store.dispatch({ type: 'move', by: -1 }),
    'firstRun.down': () => store.dispatch({ type: 'move', by: 1 }),
  };
  const stepActions: Record<ConnectionStepCommandId, () => void> = {
    'firstRun.test': test,
    'firstRun.certificates': () =>
      void trust().catch((error) => context.reportError('The certificates cannot be seen', error)),
  };
  const end = () => void finish().catch((error) => context.reportError(notSaved, error));
  const choosing = bindCommands(choiceCommands, store.get, (id) => choiceActions[id]());
  const testing = bindCommands(connectionStepCommands, store.get, (id) => stepActions[id]());
  const finishing = bindCommands(testStepCommands, () => doctor?.get() ?? initialDoctor, end);
  const back = bindCommands(stepBackCommands, store.get, stepBack);

  /** Esc leaves a field that is edited, and else the step. */
  function connectionCommands(form: Form | null): readonly BoundCommand[] {
    if (form === null) return back;
    const { isEditing } = form.get();
    const others = withoutSave(form.commands);
    return [...form.fieldCommands, ...testing, ...(isEditing ? [] : back), ...others, ...back];
  }

  function commands(): readonly BoundCommand[] {
    const { step } = store.get();
    if (step === 'directory') return choosing;
    if (step === 'connection') return connectionCommands(forms.current());
    return [...finishing, ...(doctor === null ? [] : bindDoctor(doctor)), ...back];
  }

  return {
    title: () => 'First steps',
    wantsWidth: true,
    layer: {
      name: 'first steps',
      get commands() {
        return commands();
      },
      capture,
      takes: (chord) => store.get().step === 'connection' && (forms.current()?.takes(chord) ?? false),
    },
    state: store,
    draw: (width, height) => (
      <FirstRunView
        state={store.get()}
        form={forms.current()}
        doctor={doctor}
        subject={subject}
        width={width}
        height={height}
      />
    ),
    canLeave() {
      const changed = forms.changed();
      return changed === undefined || askAboutChanges(changed);
    },
    close: () => doctor?.stop(),
  };
}

/** Nothing is saved before the last step. */
function withoutSave(commands: readonly BoundCommand[]): readonly BoundCommand[] {
  return commands.filter(({ command }) => command.id !== 'form.save');
}
