import type { NamedSecret } from '../../core/gateways/gateway.ts';
import { shownGateway } from '../../core/gateways/gateway-changes.ts';
import {
  type GatewayKind,
  type GatewaySettings,
  gatewayNames,
} from '../../core/gateways/gateway-settings.ts';
import type { CommandContext, CommonOptions } from '../context.ts';
import { printFacts, printJson } from '../output.ts';
import { seenVersion } from '../seen-version.ts';
import { applyOptions, type GatewayOptions, readSecrets } from './gateway-options.ts';

export interface SetOptions extends GatewayOptions {
  ifVersion?: string;
}

export function getGateway(kind: GatewayKind) {
  return async (context: CommandContext, _: CommonOptions): Promise<undefined> => {
    const gateway = (await context.core()).gateways[kind];
    const { settings, version } = gateway.load();
    await printGateway(context, kind, settings, await gateway.secretsOf(settings), version);
  };
}

export function setGateway(kind: GatewayKind) {
  return async (context: CommandContext, options: SetOptions & CommonOptions): Promise<undefined> => {
    const gateway = (await context.core()).gateways[kind];
    const before = gateway.load();
    const after = await applyOptions(kind, before.settings, options);
    const secrets = await readSecrets(options);
    const dryRun = options.dryRun === true;
    const version = seenVersion(options.ifVersion) ?? before.version;
    const changes = await gateway.save({ after, secrets, version, dryRun });
    if (Object.keys(changes).length === 0) context.note('Nothing changed.');
    else if (dryRun) context.note('Nothing was saved, because of --dry-run.');
    const named = (await gateway.secretsOf(after)).map(({ name, isStored }) => ({
      name,
      isStored: name in secrets ? secrets[name] !== null : isStored,
    }));
    for (const { name } of named.filter(({ isStored }) => !isStored)) {
      context.note(`The secret "${name}" is not stored yet: set it with --secret-file ${name}=FILE.`);
    }
    await printGateway(context, kind, after, named, gateway.load().version);
  };
}

async function printGateway(
  context: CommandContext,
  kind: GatewayKind,
  settings: GatewaySettings,
  secrets: readonly NamedSecret[],
  version: number,
): Promise<void> {
  const shown = shownGateway(settings);
  if (context.options.json) {
    const stored = Object.fromEntries(secrets.map(({ name, isStored }) => [name, isStored]));
    await printJson({ gateway: { kind, ...shown, hasSecret: stored, version } });
    return;
  }
  if (shown.url === '') {
    await printFacts([['Gateway', `none: no ${gatewayNames[kind]} can be sent`]]);
    return;
  }
  await printFacts([
    ['Request', `${shown.method} ${shown.url}`],
    ...Object.entries(shown.headers).map(([name, value]) => ['Header', `${name}: ${value}`] as const),
    ['Format', shown.format],
    ['Body', shown.body || null],
    ...Object.entries(shown.values).map(([name, value]) => [`Value ${name}`, value] as const),
    ...secrets.map(
      ({ name, isStored }) => [`Secret ${name}`, isStored ? 'stored, sealed' : 'not stored'] as const,
    ),
    ['Success pattern', shown.successPattern ?? 'any answer with a status of 200 to 299'],
    ['Failure pattern', shown.failurePattern],
    ['Timeout', `${shown.timeoutSeconds} s`],
    ['Retries', shown.retries],
    ['Authorities', shown.ca ?? "the operating system's"],
  ]);
}
