import { bindCommands } from '../../commands/command.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { createStoredForm } from '../../stored-form/stored-form.ts';
import { storedFormLayer } from '../../stored-form/stored-form-layer.ts';
import type { Pane } from '../../tabbed/pane.ts';
import { FormView } from '../../widgets/form/form-view.tsx';
import { emailFields } from './fields.ts';
import { emailSettingsCommands } from './keys.ts';
import { sendTest } from './send-test.ts';
import { missingProblems, readEmail, valuesOf } from './values.ts';

/** How mail leaves this server. */
export function openEmailSettings(context: ScreenContext): Pane {
  const { emailDelivery } = context.core;
  const stored = createStoredForm(context, {
    what: 'The e-mail settings',
    isPlural: true,
    read: () => emailDelivery.load(),
    fields: emailFields,
    values: valuesOf,
    save(values, before) {
      const found = readEmail(values, before);
      if (found.problems !== undefined) return found.problems;
      const { settings: after, password } = found;
      emailDelivery.save({ after, password, version: before.version });
      return undefined;
    },
  });
  const form = () => stored.get().form;
  let lastTo = '';

  async function test(): Promise<void> {
    const found = readEmail(form().get().values, stored.get().stored);
    const problems = found.problems ?? missingProblems(found.settings);
    if (found.problems !== undefined || Object.keys(problems).length > 0) {
      form().dispatch({ type: 'problems', problems });
      context.status.say('Nothing can be sent like this.', 'warning');
      return;
    }
    lastTo = (await sendTest(context, found, lastTo)) ?? lastTo;
  }

  const own = bindCommands(
    emailSettingsCommands,
    () => ({ isReadOnly: context.isReadOnly }),
    () => void test().catch((error) => context.reportError('The test cannot be sent', error)),
  );
  return {
    layer: storedFormLayer('e-mail settings', stored, own),
    state: stored,
    draw: (width, height) => <FormView form={form()} width={width} height={height} />,
    hasProblem: () => Object.keys(form().get().problems).length > 0,
    show: (place) => form().dispatch({ type: 'focus', to: { id: place } }),
    refresh: stored.reload,
    canLeave: stored.canLeave,
  };
}
