import { type GatewayKind, gatewayNames } from '../../../core/gateways/gateway-settings.ts';
import { applyPreset, gatewayPreset } from '../../../core/gateways/presets/choose-preset.ts';
import { isLanguage } from '../../../core/users/method.ts';
import { bindCommands } from '../../commands/command.ts';
import { attempt } from '../../conversation/attempt.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { createStoredForm } from '../../stored-form/stored-form.ts';
import { storedFormLayer } from '../../stored-form/stored-form-layer.ts';
import type { Pane } from '../../tabbed/pane.ts';
import { openTextEditor } from '../../text-editor/screen.tsx';
import { FormView } from '../../widgets/form/form-view.tsx';
import { firstTest, presetForm, testForm } from './dialogs.ts';
import { gatewayFields } from './fields.ts';
import { type GatewayCommandId, gatewayCommands } from './keys.ts';
import { linesEditor } from './lines-editor.ts';
import { readForm, readGateway, settingsOf, valuesOf } from './values.ts';

/** How text messages or calls leave this server. */
export function openGatewayPane(context: ScreenContext, kind: GatewayKind): Pane {
  const { core, overlays, status } = context;
  const name = gatewayNames[kind];
  const stored = createStoredForm(context, {
    what: `The settings of the ${name} gateway`,
    isPlural: true,
    read: () => readGateway(core, kind),
    fields: (before, values) => gatewayFields(kind, before, values),
    values: ({ settings }) => valuesOf(settings),
    async save(values, before) {
      const found = readForm(kind, values, before);
      if (found.problems !== undefined) return found.problems;
      const { settings: after, secrets } = found;
      await core.gateways[kind].save({ after, secrets, version: before.version });
      return undefined;
    },
    onOpen({ id }) {
      if (id !== 'headers' && id !== 'body') return;
      const subject = { kind, field: id, values: form().get().values, stored: stored.get().stored } as const;
      const fill = (text: string) => form().dispatch({ type: 'fill', values: { [id]: text } });
      context.open(openTextEditor(context, linesEditor(subject, fill)));
    },
  });
  const form = () => stored.get().form;
  let lastTest = firstTest;

  async function fillPreset(): Promise<void> {
    const chosen = await overlays.fill(presetForm(kind));
    if (chosen === null) return;
    const current = settingsOf({ ...form().get().values, trust: 'system' }, stored.get().stored.settings);
    const {
      trust: _,
      caFile: __,
      ...values
    } = valuesOf(applyPreset(current, gatewayPreset(kind, String(chosen.preset))));
    form().dispatch({ type: 'fill', values });
    status.say('Now give the values and secrets of your account; Ctrl+S saves.');
  }

  async function test(): Promise<void> {
    const found = readForm(kind, form().get().values, stored.get().stored);
    const problems = found.problems ?? (found.settings.url === '' ? { url: 'It is needed.' } : {});
    if (found.problems !== undefined || Object.keys(problems).length > 0) {
      form().dispatch({ type: 'problems', problems });
      status.say('Nothing can be sent like this.', 'warning');
      return;
    }
    const filled = await overlays.fill(testForm(kind, lastTest));
    if (filled === null) return;
    lastTest = filled;
    const { settings, secrets } = found;
    const [phone, text, language] = [String(filled.phone), String(filled.text), String(filled.language)];
    if (!isLanguage(language)) return;
    await attempt(context, {
      title: 'Send a test',
      subject: `A ${name} to ${phone} through ${new URL(settings.url.replace(/<\$.*?\$>/g, 'x')).host}`,
      success: `The ${name} was taken over`,
      work: (onConversation, signal) =>
        core.gateways[kind].test({ phone, text, language }, { settings, secrets, signal, onConversation }),
    });
  }

  const actions: Record<GatewayCommandId, () => Promise<void>> = {
    'gateway.test': test,
    'gateway.preset': fillPreset,
  };
  const own = bindCommands(
    gatewayCommands,
    () => ({ isReadOnly: context.isReadOnly }),
    (id) => void actions[id]().catch((error) => context.reportError(`The ${name} gateway`, error)),
  );
  return {
    layer: storedFormLayer(`${name} gateway`, stored, own),
    state: stored,
    draw: (width, height) => <FormView form={form()} width={width} height={height} />,
    show: (field) => form().dispatch({ type: 'focus', to: { id: field } }),
    hasProblem: () => Object.keys(form().get().problems).length > 0,
    refresh: stored.reload,
    canLeave: stored.canLeave,
  };
}
