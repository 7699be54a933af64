import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { MfaError, messageOf } from '../../core/errors.ts';
import type { NewSecrets } from '../../core/gateways/gateway.ts';
import {
  bodyFormats,
  type GatewayKind,
  type GatewaySettings,
  gatewaySettingsSchema,
  requestMethods,
} from '../../core/gateways/gateway-settings.ts';
import { applyPreset, gatewayPreset } from '../../core/gateways/presets/choose-preset.ts';
import { readAuthorities } from '../../core/tls/authorities.ts';
import { readSecret } from '../read-secret.ts';

/** The options of `set` and `test`. */
export interface GatewayOptions {
  preset?: string;
  url?: string;
  method?: GatewaySettings['method'];
  header?: string[];
  format?: GatewaySettings['format'];
  bodyFile?: string;
  value?: string[];
  secretFile?: string[];
  removeSecret?: string[];
  successPattern?: string;
  failurePattern?: string;
  timeout?: string;
  retries?: string;
  acceptPlain?: true;
  caFile?: string;
  systemCa?: true;
}

export function withGatewayOptions(command: Command): Command {
  return command
    .option('--preset <name>', 'begin with the settings of a common gateway')
    .option('--url <address>', 'where requests go; empty for no gateway')
    .addOption(new Option('--method <method>', 'of the request').choices(requestMethods))
    .option('--header <header>', '"Name: value", or "Name:" to leave it out; may be repeated', collect)
    .addOption(new Option('--format <format>', 'how the body is written').choices(bodyFormats))
    .option('--body-file <file>', 'file with the body, or - for standard input')
    .option('--value <name=value>', 'what <$value.NAME$> is; empty to leave it out; may be repeated', collect)
    .option('--secret-file <name=file>', 'file with what <$secret.NAME$> is, or -; may be repeated', collect)
    .option('--remove-secret <name>', 'forget a secret; may be repeated', collect)
    .option(
      '--success-pattern <regex>',
      'what a good answer holds; empty for any with a status of 200 to 299',
    )
    .option('--failure-pattern <regex>', 'what the answer to a refused message holds; empty for none')
    .option('--timeout <seconds>', 'for one request, until its answer is complete')
    .option('--retries <n>', 'how often a request is repeated that was not taken')
    .option('--accept-plain', 'accept that requests travel without encryption')
    .option('--ca-file <file>', 'PEM certificates of the authorities to trust')
    .addOption(
      new Option('--system-ca', 'trust the authorities of the operating system').conflicts('caFile'),
    );
}

/**
 * The settings with the options on top.
 * @throws {MfaError} `gateway.invalid`, `gateway.unknownPreset`, `tls.invalid`, `usage.invalid`
 */
export async function applyOptions(
  kind: GatewayKind,
  stored: GatewaySettings,
  options: GatewayOptions,
): Promise<GatewaySettings> {
  const { preset, url, systemCa, caFile, timeout, retries } = options;
  const current = preset === undefined ? stored : applyPreset(stored, gatewayPreset(kind, preset));
  const isNowEncrypted = url !== undefined && !/^http:/i.test(url);
  const parsed = gatewaySettingsSchema.safeParse({
    url: url?.trim() ?? current.url,
    method: options.method ?? current.method,
    headers: applyHeaders(current.headers, options.header ?? []),
    format: options.format ?? current.format,
    body: options.bodyFile === undefined ? current.body : await readBody(options.bodyFile),
    values: applyValues(current.values, options.value ?? []),
    successPattern: orNull(options.successPattern, current.successPattern),
    failurePattern: orNull(options.failurePattern, current.failurePattern),
    timeoutSeconds: timeout === undefined ? current.timeoutSeconds : Number(timeout),
    retries: retries === undefined ? current.retries : Number(retries),
    acceptsPlain: options.acceptPlain ?? (isNowEncrypted ? false : current.acceptsPlain),
    ca: systemCa ? null : caFile === undefined ? current.ca : readAuthorities(caFile),
  } satisfies GatewaySettings);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new MfaError(
    'gateway.invalid',
    `The setting ${issue?.path.join('.')} is not valid: ${issue?.message}.`,
  );
}

/** What `--secret-file` and `--remove-secret` say. @throws {MfaError} `usage.invalid` */
export async function readSecrets(options: GatewayOptions): Promise<NewSecrets> {
  const secrets: Record<string, string | null> = {};
  for (const name of options.removeSecret ?? []) secrets[name] = null;
  for (const assignment of options.secretFile ?? []) {
    const [name, file] = assigned(assignment, '--secret-file token=token.txt');
    secrets[name] = await readSecret(file, `secret "${name}"`);
  }
  return secrets;
}

function applyHeaders(current: GatewaySettings['headers'], lines: readonly string[]): Record<string, string> {
  const headers = new Map(Object.entries(current));
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) {
      throw new MfaError('usage.invalid', `"${line}" is not a header.`, {
        advice: 'Write it as --header "Accept: application/json".',
      });
    }
    const name = line.slice(0, colon).trim();
    const known = [...headers.keys()].find((one) => one.toLowerCase() === name.toLowerCase());
    if (known !== undefined) headers.delete(known);
    const value = line.slice(colon + 1).trim();
    if (value !== '') headers.set(name, value);
  }
  return Object.fromEntries(headers);
}

function applyValues(current: GatewaySettings['values'], assignments: readonly string[]) {
  const values = new Map(Object.entries(current));
  for (const assignment of assignments) {
    const [name, value] = assigned(assignment, '--value from=+14255550100');
    if (value === '') values.delete(name);
    else values.set(name, value);
  }
  return Object.fromEntries(values);
}

function assigned(assignment: string, example: string): [name: string, value: string] {
  const equals = assignment.indexOf('=');
  if (equals > 0) return [assignment.slice(0, equals).trim(), assignment.slice(equals + 1)];
  // What was written may be a secret that was meant for a file.
  throw new MfaError('usage.invalid', 'A name and = are missing.', { advice: `Write it as ${example}.` });
}

async function readBody(file: string): Promise<string> {
  try {
    const body = file === '-' ? await text(process.stdin) : readFileSync(file, 'utf8');
    return body.trim();
  } catch (cause) {
    throw new MfaError('usage.invalid', `The body could not be read from ${file}: ${messageOf(cause)}.`, {
      advice: 'Name a readable file, or - for standard input.',
      cause,
    });
  }
}

/** Null for an option that is empty; what there is for one that was not given. */
function orNull(text: string | undefined, current: string | null): string | null {
  if (text === undefined) return current;
  return text === '' ? null : text;
}

function collect(one: string, before: string[] = []): string[] {
  return [...before, one];
}
