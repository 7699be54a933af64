import {
  bodyFormats,
  type GatewayKind,
  type GatewaySettings,
  requestMethods,
} from '../../../core/gateways/gateway-settings.ts';
import { gatewayPresets } from '../../../core/gateways/presets/choose-preset.ts';
import type { GatewayPreset } from '../../../core/gateways/presets/preset.ts';
import { secretNames, valueNames } from '../../../core/gateways/request/build-request.ts';
import { trustFields } from '../../tls/trust-fields.ts';
import type { FieldSpec, FormValues } from '../../widgets/form/field.ts';
import { type StoredGateway, secretId, settingsOf, valueId } from './values.ts';

const isPlain = ({ url }: FormValues): boolean => /^http:/i.test(String(url));
const isEncrypted = ({ url }: FormValues): boolean => /^https:/i.test(String(url));

/** How a gateway is asked, with a field for each value and each secret that address, headers and body speak of. */
export function gatewayFields(
  kind: GatewayKind,
  stored: StoredGateway,
  values: FormValues,
): readonly FieldSpec[] {
  const settings = withoutTrust(values, stored.settings);
  const preset = presetOf(kind, settings);
  return [
    {
      kind: 'text',
      id: 'url',
      label: 'Address',
      isWide: true,
      placeholder: '(no gateway)',
      help: 'Such as https://gateway.example/send. p fills everything in for a common gateway.',
    },
    {
      kind: 'toggle',
      id: 'acceptsPlain',
      label: 'I accept',
      help: 'That everybody on the network can read codes and phone numbers.',
      isShown: isPlain,
    },
    ...valueNames(settings).map((name): FieldSpec => {
      return {
        kind: 'text',
        id: valueId(name),
        label: `Value ${name}`,
        isRequired: true,
        help: `What <$value.${name}$> is${meaning(preset?.values[name])}.`,
      };
    }),
    ...secretNames(settings).map((name): FieldSpec => {
      return {
        kind: 'password',
        id: secretId(name),
        label: `Secret ${name}`,
        placeholder: stored.secrets.includes(name) ? '(stored; type to replace it)' : '',
        help: `What <$secret.${name}$> is${meaning(preset?.secrets[name])}. Stored sealed and never shown again.`,
      };
    }),
    ...requestFields(),
    ...answerFields(),
    ...trustFields(stored.settings.ca, isEncrypted),
  ];
}

/** Fields may be asked for while a file of authorities is still being typed. */
function withoutTrust(values: FormValues, base: GatewaySettings): GatewaySettings {
  return settingsOf({ ...values, trust: 'system' }, base);
}

function presetOf(kind: GatewayKind, { url }: GatewaySettings): GatewayPreset | undefined {
  return Object.values(gatewayPresets[kind]).find(({ settings }) => settings.url === url);
}

function meaning(text: string | undefined): string {
  return text === undefined ? '' : `: ${text}`;
}

function requestFields(): readonly FieldSpec[] {
  return [
    {
      kind: 'choice',
      id: 'method',
      label: 'Method',
      options: requestMethods.map((id) => ({ id, label: id })),
    },
    {
      kind: 'lines',
      id: 'headers',
      label: 'Headers',
      placeholder: '(none of their own)',
      help: 'Enter edits them, a line each.',
    },
    {
      kind: 'choice',
      id: 'format',
      label: 'Format',
      options: bodyFormats.map((id) => ({ id, label: formatNames[id] })),
      help: 'How the body is written, and so how what is put in is encoded.',
    },
    { kind: 'lines', id: 'body', label: 'Body', placeholder: '(none)', help: 'Enter edits it.' },
  ];
}

const formatNames = { json: 'JSON', form: 'form (name=value&...)', xml: 'XML', text: 'plain text' } as const;

function answerFields(): readonly FieldSpec[] {
  return [
    {
      kind: 'text',
      id: 'successPattern',
      label: 'Success pattern',
      isWide: true,
      placeholder: '(any answer with a status of 200 to 299)',
      help: 'A regular expression for what a good answer holds.',
    },
    {
      kind: 'text',
      id: 'failurePattern',
      label: 'Failure pattern',
      isWide: true,
      placeholder: '(none)',
      help: 'A regular expression for an answer that says that nothing was sent, whatever its status.',
    },
    {
      kind: 'number',
      id: 'timeoutSeconds',
      label: 'Timeout',
      unit: 'seconds',
      least: 1,
      most: 120,
      isRequired: true,
      help: 'For one request, until its answer is complete.',
    },
    {
      kind: 'number',
      id: 'retries',
      label: 'Retries',
      least: 0,
      most: 5,
      isRequired: true,
      help: 'How often a request is repeated that was surely not taken.',
    },
  ];
}
