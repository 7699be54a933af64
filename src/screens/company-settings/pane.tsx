import { isMfaError } from '../../core/errors.ts';
import { importSettings, type SettingKey } from '../../core/settings/change-settings.ts';
import { bindCommands } from '../commands/command.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { spreadOverTabs } from '../stored-form/form-tabs.ts';
import { createStoredForm } from '../stored-form/stored-form.ts';
import { storedFormLayer } from '../stored-form/stored-form-layer.ts';
import type { Pane, Tabs } from '../tabbed/pane.ts';
import type { FormValues } from '../widgets/form/field.ts';
import { FormView } from '../widgets/form/form-view.tsx';
import { exportCompanySettings, importCompanySettings } from './exchange.ts';
import { groupOf, keysOf, settingFields } from './fields.ts';
import { type CompanyCommandId, companyCommands } from './keys.ts';
import { changedSettings, defaultValues, valuesOf } from './values.ts';

/** The settings of the database, a tab for each of their groups. */
export function openCompanyPane(context: ScreenContext, tabs: Tabs): Pane {
  const { core, status } = context;
  const fields = settingFields();
  const stored = createStoredForm(context, {
    what: 'The company settings',
    isPlural: true,
    read: () => core.companySettings.loadVersioned(),
    fields: () => fields,
    values: ({ value }) => valuesOf(value),
    save(values, { value, version }) {
      try {
        importSettings(core, changedSettings(values, valuesOf(value)), { version });
        return undefined;
      } catch (error) {
        if (!isMfaError(error, 'settings.invalid')) throw error;
        return problemsOf(error.fields);
      }
    },
  });
  const form = () => stored.get().form;

  function problemsOf(problems: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(problems).map(([key, problem]) => {
        return [key, `${fields.find(({ id }) => id === key)?.label ?? key} ${problem}.`];
      }),
    );
  }

  function attempt(title: string, work: Promise<void>): void {
    void work.catch((error) => context.reportError(title, error));
  }

  function fillDefaults(values: FormValues): void {
    form().dispatch({ type: 'fill', values });
    status.say('Ctrl+S saves it, Ctrl+Z takes it back.');
  }

  const actions: Record<CompanyCommandId, () => void> = {
    'company.default': () => fillDefaults(defaultValues([form().get().focus as SettingKey])),
    'company.defaults': () => fillDefaults(defaultValues(keysOf(groupOf(form().get().focus) ?? ''))),
    'company.export': () => attempt('Export', exportCompanySettings(context)),
    'company.import': () => attempt('Import', importCompanySettings(context, stored.reload)),
  };
  const own = bindCommands(
    companyCommands,
    () => ({ isReadOnly: context.isReadOnly, hasChanges: form().hasChanges() }),
    (id) => actions[id](),
  );

  const spread = spreadOverTabs(stored, tabs, groupOf);
  return {
    layer: storedFormLayer('company settings', stored, own),
    state: stored,
    ...spread,
    draw: (width, height, tab) => (
      <FormView form={form()} width={width} height={height} shown={spread.fieldsOn(tab)} />
    ),
    refresh: stored.reload,
    canLeave: stored.canLeave,
  };
}
