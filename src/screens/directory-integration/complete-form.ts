import type { StoredConnection } from '../../core/directory/directory-connection.ts';
import { isMfaError } from '../../core/errors.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { waitFor } from '../shell/wait-for.ts';
import type { FormValues } from '../widgets/form/field.ts';
import { serversOf } from './doctor/subject.ts';
import { type ReadForm, readForm } from './read-form.ts';

/**
 * Reads a form that is to be saved: a base DN that is not given is asked from the server.
 * @returns undefined when that was given up
 */
export async function completeForm(
  context: ScreenContext,
  values: FormValues,
  stored: StoredConnection,
): Promise<ReadForm | undefined> {
  const found = readForm(values, stored);
  if (found.problems !== undefined) return found;
  const { settings, password } = found;
  const text = `Asking ${serversOf(settings)} for the base DN.`;
  const { directoryConnection } = context.core;
  if (settings.type === 'sample' || settings.baseDn !== '') return found;
  try {
    const complete = await waitFor(context, 'Save', text, (signal) =>
      directoryConnection.complete(settings, password, signal),
    );
    return complete === undefined ? undefined : { settings: complete, password };
  } catch (error) {
    if (!isMfaError(error)) throw error;
    return { problems: { baseDn: `It is needed, and the server cannot be asked. ${error.sentence}` } };
  }
}
