import type { Core } from '../../../core/core.ts';
import { isMfaError } from '../../../core/errors.ts';
import type { NewSecrets } from '../../../core/gateways/gateway.ts';
import { gatewayProblems } from '../../../core/gateways/gateway-problems.ts';
import {
  type GatewayKind,
  type GatewaySettings,
  gatewaySecret,
} from '../../../core/gateways/gateway-settings.ts';
import { secretNames, valueNames } from '../../../core/gateways/request/build-request.ts';
import { requestProblems } from '../../../core/gateways/request/check-request.ts';
import { authoritiesIn, trustValues } from '../../tls/trust-fields.ts';
import type { FormValues } from '../../widgets/form/field.ts';
import { headerLines, parseHeaders } from './headers.ts';

/** A gateway as it is stored. */
export interface StoredGateway {
  readonly settings: GatewaySettings;
  readonly version: number;
  /** Names of the secrets that are stored. */
  readonly secrets: readonly string[];
}

export const secretId = (name: string) => `secret.${name}`;
export const valueId = (name: string) => `value.${name}`;

export function readGateway({ gateways, secrets }: Core, kind: GatewayKind): StoredGateway {
  const { settings, version } = gateways[kind].load();
  const named = secretNames(settings);
  return { settings, version, secrets: named.filter((name) => secrets.has(gatewaySecret(kind, name))) };
}

/** Settings as the fields have them. */
export function valuesOf(settings: GatewaySettings): FormValues {
  const { url, method, format, body, headers, values } = settings;
  return {
    ...trustValues(settings.ca),
    url,
    method,
    format,
    body,
    headers: headerLines(headers),
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [valueId(name), value])),
    successPattern: settings.successPattern ?? '',
    failurePattern: settings.failurePattern ?? '',
    timeoutSeconds: String(settings.timeoutSeconds),
    retries: String(settings.retries),
    acceptsPlain: settings.acceptsPlain,
  };
}

/** What a form says: settings with new secrets, or what is wrong, by field. */
export type ReadGateway =
  | { readonly settings: GatewaySettings; readonly secrets: NewSecrets; readonly problems?: never }
  | { readonly problems: Readonly<Record<string, string>> };

export function readForm(kind: GatewayKind, values: FormValues, stored: StoredGateway): ReadGateway {
  let settings: GatewaySettings;
  try {
    settings = settingsOf(values, stored.settings);
  } catch (error) {
    if (isMfaError(error)) return { problems: { caFile: error.sentence } };
    throw error;
  }
  const missing = valueNames(settings).filter((name) => settings.values[name] === undefined);
  if (missing.length > 0) {
    return { problems: Object.fromEntries(missing.map((name) => [valueId(name), 'It is needed.'])) };
  }
  const found = [...gatewayProblems(kind, settings), ...requestProblems(kind, settings)];
  const problems = found.map(({ setting, error }) => [setting, sentenceOf(setting, error.message)]);
  // Of several for one field the first is told.
  if (problems.length > 0) return { problems: Object.fromEntries(problems.toReversed()) };
  const typed = secretNames(settings)
    .map((name) => [name, String(values[secretId(name)] ?? '')] as const)
    .filter(([, secret]) => secret !== '');
  return { settings, secrets: Object.fromEntries(typed) };
}

/**
 * The settings of a form; values that nothing speaks of stay as they are stored.
 * @throws {MfaError} `tls.invalid` when the CA file is none
 */
export function settingsOf(values: FormValues, base: GatewaySettings): GatewaySettings {
  const text = (id: string) => String(values[id] ?? '').trim();
  const orNull = (id: string) => (text(id) === '' ? null : text(id));
  const url = text('url');
  const isEncrypted = !/^http:/i.test(url);
  const settings: GatewaySettings = {
    ...base,
    url,
    method: values.method as GatewaySettings['method'],
    format: values.format as GatewaySettings['format'],
    headers: parseHeaders(String(values.headers ?? '')).headers,
    body: text('body'),
    successPattern: orNull('successPattern'),
    failurePattern: orNull('failurePattern'),
    timeoutSeconds: Number(text('timeoutSeconds')),
    retries: Number(text('retries')),
    acceptsPlain: !isEncrypted && values.acceptsPlain === true,
    ca: isEncrypted ? authoritiesIn(values, base.ca) : base.ca,
  };
  const named = valueNames(settings);
  const others = Object.entries(base.values).filter(([name]) => !named.includes(name));
  const given = named.map((name) => [name, text(valueId(name))] as const).filter(([, value]) => value !== '');
  return { ...settings, values: Object.fromEntries([...others, ...given]) };
}

function sentenceOf(setting: string, message: string): string {
  return setting === 'acceptsPlain' ? 'Accept it, or write an address that begins with https.' : message;
}
