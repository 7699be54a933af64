import type { Clock } from '../clock.ts';
import { SettingsDocument } from '../settings/settings-document.ts';
import { Gateway, type GatewayServices } from './gateway.ts';
import { type GatewayKind, gatewaySettingsSchema } from './gateway-settings.ts';
import type { TextSender, VoiceSender } from './senders.ts';

/** The gateways by what they send, and as senders for authentication. */
export interface Gateways extends Readonly<Record<GatewayKind, Gateway>> {
  readonly textSender: TextSender;
  readonly voiceSender: VoiceSender;
}

export function openGateways(
  services: Omit<GatewayServices, 'settings'>,
  clock: Clock,
  actor: string,
): Gateways {
  const open = (kind: GatewayKind) =>
    new Gateway(kind, {
      ...services,
      settings: new SettingsDocument(services.store, clock, actor, `gateway.${kind}`, gatewaySettingsSchema),
    });
  const [text, voice] = [open('text'), open('voice')];
  return {
    text,
    voice,
    textSender: { sendText: (message, signal) => text.send(message, signal) },
    voiceSender: { call: (call, signal) => voice.send(call, signal) },
  };
}
