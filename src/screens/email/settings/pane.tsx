import type { ScreenContext } from '../../shell/screen.ts';
import { createStoredForm } from '../../stored-form/stored-form.ts';
import { storedFormLayer } from '../../stored-form/stored-form-layer.ts';
import type { Pane } from '../../tabbed/pane.ts';
import { FormView } from '../../widgets/form/form-view.tsx';
import { emailFields } from './fields.ts';
import { readEmail, valuesOf } from './values.ts';

/** How mail leaves this server. */
export function openEmailSettings(context: ScreenContext): Pane {
  const { emailDelivery } = context.core;
  const stored = createStoredForm(context, {
    what: 'The e-mail settings',
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
  return {
    layer: storedFormLayer('e-mail settings', stored, []),
    state: stored,
    draw: (width, height) => <FormView form={stored.get().form} width={width} height={height} />,
    hasProblem: () => Object.keys(stored.get().form.get().problems).length > 0,
    refresh: stored.reload,
    canLeave: stored.canLeave,
  };
}
