import { type DirectoryType, directoryNames } from '../../core/directory/directory.ts';
import { type BoundCommand, bindCommands } from '../commands/command.ts';
import { completeForm } from '../directory-integration/complete-form.ts';
import { serverFields } from '../directory-integration/connection-fields.ts';
import { createDoctor, type Doctor } from '../directory-integration/doctor/doctor.ts';
import { bindDoctor } from '../directory-integration/doctor/keys.ts';
import { initialDoctor } from '../directory-integration/doctor/state.ts';
import { subjectOf } from '../directory-integration/doctor/subject.ts';
import { readForm } from '../directory-integration/read-form.ts';
import { valuesOf } from '../directory-integration/values.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import { createReducerStore } from '../store.ts';
import type { InputEvent } from '../terminal/input-event.ts';
import { createForm, type Form } from '../widgets/form/form.ts';
import { openFields } from '../widgets/form/state.ts';
import { FirstRunView } from './first-run-view.tsx';
import { choiceCommands, connectionStepCommands, stepBackCommands, testStepCommands } from './keys.ts';
import { chosen, initialFirstRun, reduceFirstRun } from './state.ts';

/** Choose a directory, connect to it, test it: what a new installation begins with. */
export function openFirstRun(context: ScreenContext): Screen {
  const { status } = context;
  const connection = context.core.directoryConnection;
  const stored = connection.load();
  const store = createReducerStore(reduceFirstRun, initialFirstRun);
  let form: Form | null = null;
  let doctor: Doctor | null = null;
  let subject = '';

  function choose(): void {
    const choice = chosen(store.get());
    if (choice === 'skip') {
      context.back();
      return;
    }
    if (form?.get().values.kind !== choice) form = newForm(choice);
    form.dispatch({ type: 'editing', isEditing: true });
    store.dispatch({ type: 'choose' });
    if (choice === 'sample') test();
  }

  function newForm(kind: DirectoryType): Form {
    const made = createForm({
      fields: serverFields(stored),
      values: { ...valuesOf({ ...stored.settings, type: kind }), kind },
      save: async () => undefined,
    });
    made.subscribe(() => store.dispatch({ type: 'changed' }));
    return made;
  }

  function test(): void {
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

  async function finish(): Promise<void> {
    if (form === null) return;
    const complete = await completeForm(context, form.get().values, stored);
    if (complete === undefined) return;
    if (complete.problems !== undefined) {
      stepBack();
      form.dispatch({ type: 'problems', problems: complete.problems });
      return;
    }
    const { settings: after, password } = complete;
    connection.save({ before: stored.settings, after, password });
    context.dataWasRead();
    context.goTo('users', 'import');
    status.say(`${directoryNames[after.type]}: saved.`, 'ok');
  }

  /** Enter in the last field goes on, as in every other it goes to the next. */
  function capture(event: InputEvent): boolean {
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
  const save = () =>
    void finish().catch((error) => context.reportError('The connection was not saved', error));
  const choosing = bindCommands(choiceCommands, store.get, (id) => choiceActions[id]());
  const testing = bindCommands(connectionStepCommands, store.get, test);
  const finishing = bindCommands(testStepCommands, () => doctor?.get() ?? initialDoctor, save);
  const back = bindCommands(stepBackCommands, store.get, stepBack);

  function commands(): readonly BoundCommand[] {
    const { step } = store.get();
    if (step === 'directory') return choosing;
    if (step === 'connection') return [...testing, ...withoutSave(form?.commands ?? []), ...back];
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
      takes: (chord) => store.get().step === 'connection' && (form?.takes(chord) ?? false),
    },
    state: store,
    draw: (width, height) => (
      <FirstRunView
        state={store.get()}
        form={form}
        doctor={doctor}
        subject={subject}
        width={width}
        height={height}
      />
    ),
    close: () => doctor?.stop(),
  };
}

/** Nothing is saved before the last step. */
function withoutSave(commands: readonly BoundCommand[]): readonly BoundCommand[] {
  return commands.filter(({ command }) => command.id !== 'form.save');
}
