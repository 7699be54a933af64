import { MfaError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import type { GatewayKind, GatewaySettings } from '../gateway-settings.ts';
import type { GatewayPreset } from './preset.ts';
import { textPresets } from './text-presets.ts';
import { voicePresets } from './voice-presets.ts';

export const gatewayPresets: Record<GatewayKind, Readonly<Record<string, GatewayPreset>>> = {
  text: textPresets,
  voice: voicePresets,
};

/** @throws {MfaError} `gateway.unknownPreset`, with the nearest name */
export function gatewayPreset(kind: GatewayKind, name: string): GatewayPreset {
  const presets = gatewayPresets[kind];
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (preset !== undefined) return preset;
  const names = Object.keys(presets);
  const near = nearest(name, names);
  throw new MfaError('gateway.unknownPreset', `There is no preset "${name}".`, {
    advice: near === undefined ? `There are ${names.join(', ')}.` : `Did you mean ${near}?`,
  });
}

/** Settings as a preset has them; timeout, retries, authorities and the values that it needs, too, stay. */
export function applyPreset(current: GatewaySettings, { settings, values }: GatewayPreset): GatewaySettings {
  const kept = Object.entries(current.values).filter(([name]) => name in values);
  return {
    ...current,
    method: 'POST',
    successPattern: null,
    failurePattern: null,
    acceptsPlain: false,
    ...settings,
    values: Object.fromEntries(kept),
  };
}
