import type { Screen, ScreenContext } from '../../../shell/screen.ts';
import { createStoredForm } from '../../../stored-form/stored-form.ts';
import { storedFormLayer } from '../../../stored-form/stored-form-layer.ts';
import { FormView } from '../../../widgets/form/form-view.tsx';
import { settingAssignments, syncSettingFields, valuesOfSettings } from './fields.ts';

/** When runs take place and what they hold. @param onSaved called after every change */
export function openSyncSettings(context: ScreenContext, onSaved: () => Promise<void>): Screen {
  const { synchronization, syncSettings } = context.core;
  const stored = createStoredForm(context, {
    what: 'The settings of synchronization',
    isPlural: true,
    read: () => syncSettings.loadVersioned(),
    fields: () => syncSettingFields,
    values: ({ value }) => valuesOfSettings(value),
    async save(values, { value, version }) {
      synchronization.changeSettings(settingAssignments(values, valuesOfSettings(value)), { version });
      await onSaved();
      return undefined;
    },
  });
  return {
    title: () => 'Schedule',
    wantsWidth: true,
    layer: storedFormLayer('settings of synchronization', stored, []),
    state: stored,
    draw: (width, height) => <FormView form={stored.get().form} width={width} height={height} />,
    refresh: stored.reload,
    canLeave: stored.canLeave,
  };
}
