import type { GatewayKind } from '../../core/gateways/gateway-settings.ts';
import { gatewayPreset, gatewayPresets } from '../../core/gateways/presets/choose-preset.ts';
import type { CommandContext, CommonOptions } from '../context.ts';
import { printFacts, printJson, printTable } from '../output.ts';

export function listPresets(kind: GatewayKind) {
  return async (context: CommandContext, _: CommonOptions, name?: string): Promise<undefined> => {
    if (name !== undefined) return showPreset(context, kind, name);
    const presets = Object.entries(gatewayPresets[kind]).map(([id, preset]) => ({ name: id, ...preset }));
    if (context.options.json) {
      await printJson({ presets });
      return;
    }
    await printTable(presets, [
      { title: 'Name', value: (preset) => preset.name },
      { title: 'Gateway', value: ({ title }) => title },
      { title: 'Values', value: ({ values }) => Object.keys(values).join(', ') || null, isExtra: true },
      { title: 'Secrets', value: ({ secrets }) => Object.keys(secrets).join(', '), isExtra: true },
    ]);
  };
}

async function showPreset(context: CommandContext, kind: GatewayKind, name: string): Promise<undefined> {
  const preset = gatewayPreset(kind, name);
  if (context.options.json) {
    await printJson({ preset: { name, ...preset } });
    return;
  }
  const { title, settings, values, secrets } = preset;
  await printFacts([
    ['Gateway', title],
    ['Address', settings.url],
    ...Object.entries(settings.headers).map(([header, value]) => ['Header', `${header}: ${value}`] as const),
    ['Format', settings.format],
    ['Body', settings.body],
    ...Object.entries(values).map(([one, meaning]) => [`Value ${one}`, meaning] as const),
    ...Object.entries(secrets).map(([one, meaning]) => [`Secret ${one}`, meaning] as const),
    ['Success pattern', settings.successPattern ?? null],
    ['Failure pattern', settings.failurePattern ?? null],
  ]);
}
