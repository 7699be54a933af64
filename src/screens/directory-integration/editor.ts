import type { StoredConnection } from '../../core/directory/directory-connection.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { waitFor } from '../shell/wait-for.ts';
import { createStoredForm, type StoredForm } from '../stored-form/stored-form.ts';
import { changedFields } from '../widgets/form/state.ts';
import { completeForm } from './complete-form.ts';
import { serversOf } from './doctor/subject.ts';
import { directoryFields } from './fields.ts';
import { defaultMapping } from './mapping-fields.ts';
import { type ReadForm, readForm } from './read-form.ts';
import { valuesOf } from './values.ts';

/** The connection being edited. */
export interface DirectoryEditor extends StoredForm<StoredConnection> {
  /** What the form says; problems are shown in it. */
  read(): ReadForm;
  /** Asks the server for its base DN and fills it in. */
  suggestBaseDn(): Promise<void>;
  /** Of the filters or of the attributes. */
  restoreDefaults(what: 'filters' | 'attributes'): void;
}

export function createDirectoryEditor(context: ScreenContext): DirectoryEditor {
  const { status } = context;
  const connection = context.core.directoryConnection;
  const stored = createStoredForm(context, {
    what: 'The connection to the directory',
    isPlural: false,
    read: () => connection.load(),
    fields: directoryFields,
    values: ({ settings }) => valuesOf(settings),
    async save(values, before) {
      const complete = await completeForm(context, values, before);
      if (complete === undefined) return 'failed';
      if (complete.problems !== undefined) return complete.problems;
      const { settings: after, password } = complete;
      connection.save({ before: before.settings, after, password });
      return undefined;
    },
  });
  const form = () => stored.get().form;

  function read(): ReadForm {
    const found = readForm(form().get().values, stored.get().stored);
    if (found.problems !== undefined) form().dispatch({ type: 'problems', problems: found.problems });
    return found;
  }

  return {
    ...stored,
    read,
    async suggestBaseDn() {
      const found = read();
      if (found.problems !== undefined) return;
      const { settings, password } = found;
      const text = `Asking ${serversOf(settings)} for the base DN.`;
      const baseDn = await waitFor(context, 'Base DN', text, (signal) =>
        connection.suggestBaseDn(settings, password, signal),
      );
      if (baseDn === undefined) return;
      form().dispatch({ type: 'fill', values: { baseDn } });
      form().dispatch({ type: 'focus', to: { id: 'baseDn' } });
      status.say(`The base DN is ${baseDn}.`, 'ok');
    },
    restoreDefaults(what) {
      const { values } = form().get();
      if (values.kind !== 'activeDirectory' && values.kind !== 'ldap') return;
      const defaults = defaultMapping(values.kind, what);
      if (Object.entries(defaults).every(([id, value]) => values[id] === value)) {
        status.say('This page has the defaults already.');
        return;
      }
      form().dispatch({ type: 'fill', values: defaults });
      const isStored = changedFields(form().get()).length === 0;
      status.say(
        isStored
          ? 'These are the defaults, as they are stored.'
          : 'These are the defaults; Ctrl+S saves them.',
      );
    },
  };
}
