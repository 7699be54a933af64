import type { ScreenContext } from '../../../shell/screen.ts';
import { waitFor } from '../../../shell/wait-for.ts';
import type { FormDialogOptions } from '../../../widgets/form-dialog/form-dialog.ts';

/** Explains the settings of somebody who is asked for. @param proposed who stands in the field at first */
export async function askAndExplain(context: ScreenContext, proposed: string): Promise<void> {
  const values = await context.overlays.fill(whoForm(proposed));
  if (values !== null) await explainUser(context, String(values.user).trim());
}

/** Asks the directory about a user, and opens the answer. */
export async function explainUser(context: ScreenContext, user: string): Promise<void> {
  const { synchronization } = context.core;
  const ask = (signal: AbortSignal) => synchronization.explain(user, signal);
  const explanation = await waitFor(context, 'Explain', `Asking the directory about ${user}.`, ask);
  if (explanation === undefined) return;
  const explainOther = () =>
    void askAndExplain(context, '').catch((error) => context.reportError('Explain', error));
  context.open(
    import('./screen.tsx').then(({ openExplanation }) => openExplanation(context, explanation, explainOther)),
  );
}

function whoForm(user: string): FormDialogOptions {
  return {
    title: 'Explain a user',
    text: 'Shows which items find somebody, which of them wins, and where each value comes from.',
    fields: [
      {
        kind: 'text',
        id: 'user',
        label: 'User',
        isRequired: true,
        placeholder: 'such as jdoe',
        help: 'The username here or in the directory, a DN, or a directory id.',
      },
    ],
    values: { user },
    label: 'Explain',
  };
}
