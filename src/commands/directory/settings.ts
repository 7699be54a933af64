import { attributeMap } from '../../core/directory/attributes.ts';
import type { DirectoryConnection } from '../../core/directory/directory-connection.ts';
import type { DirectorySettings } from '../../core/directory/directory-settings.ts';
import { includesTrustedDomains } from '../../core/directory/forest.ts';
import { describeAuthorities } from '../../core/tls/authorities.ts';
import type { CommandContext } from '../context.ts';
import { printFacts, printJson } from '../output.ts';
import { readSecret } from '../read-secret.ts';
import { applyOptions, type ConnectionOptions } from './connection-options.ts';

export async function showDirectory(context: CommandContext): Promise<undefined> {
  const { directoryConnection } = await context.core();
  const { settings, hasPassword } = directoryConnection.load();
  await printSettings(context, settings, hasPassword);
}

export async function setDirectory(context: CommandContext, options: ConnectionOptions): Promise<undefined> {
  const { directoryConnection } = await context.core();
  const { settings: before, hasPassword: hadPassword } = directoryConnection.load();
  const wanted = await pinned(directoryConnection, applyOptions(before, options), options, context.signal);
  const password = await readNewPassword(options);
  const after = await directoryConnection.complete(wanted, password, context.signal);
  const dryRun = context.options.dryRun === true;
  const changes = directoryConnection.save({ before, after, password, dryRun });
  const hasPassword = password !== undefined || (hadPassword && after.bindUser !== null);
  if (Object.keys(changes).length === 0) context.note('Nothing changed.');
  else {
    warnAboutPassword(context, after, hasPassword);
    if (dryRun) context.note('Nothing was saved, because of --dry-run.');
  }
  await printSettings(context, after, hasPassword);
}

/**
 * The settings with the certificates that the options name, as the servers show them.
 * @throws {MfaError} `directory.*`
 */
export async function pinned(
  connection: DirectoryConnection,
  settings: DirectorySettings,
  { pinCertificate }: ConnectionOptions,
  signal: AbortSignal,
): Promise<DirectorySettings> {
  if (pinCertificate === undefined || settings.type === 'sample') return settings;
  const shown = await connection.certificates(settings, signal);
  return { ...settings, ca: await connection.pin(shown, pinCertificate) };
}

/** The password that the options name; undefined when the stored one stays. */
export async function readNewPassword({ bindPasswordFile }: ConnectionOptions): Promise<string | undefined> {
  return bindPasswordFile === undefined ? undefined : readSecret(bindPasswordFile, 'bind password');
}

function warnAboutPassword(context: CommandContext, settings: DirectorySettings, hasPassword: boolean): void {
  if (settings.type === 'sample' || settings.bindUser === null || hasPassword) return;
  context.note('No password is stored for the bind account yet: set it with --bind-password-file.');
}

async function printSettings(
  context: CommandContext,
  settings: DirectorySettings,
  hasPassword: boolean,
): Promise<void> {
  const { filtersOf } = await import('../../core/directory/ldap/filters-of.ts');
  const shown = {
    ...settings,
    ca: describeAuthorities(settings.ca),
    hasBindPassword: hasPassword,
    filters: filtersOf(settings),
    attributes: attributeMap(settings.type, settings.attributes),
  };
  if (context.options.json) {
    await printJson({ directory: shown });
    return;
  }
  if (settings.type === 'sample') {
    await printFacts([['Type', 'sample: the built-in directory, to try everything with']]);
    return;
  }
  const { discovery } = settings;
  const isLdaps = settings.urls.every((url) => url.startsWith('ldaps:')) && discovery?.protocol !== 'ldap';
  const usesTls = isLdaps || settings.security === 'startTls';
  await printFacts([
    ['Type', settings.type],
    ...settings.urls.map((url, index) => [`Server ${index + 1}`, url] as const),
    ...(discovery === null
      ? []
      : [['Servers by DNS', `${discovery.domain} (${discovery.protocol})`] as const]),
    ...(settings.type === 'activeDirectory'
      ? [['Trusted domains', includesTrustedDomains(settings) ? 'included' : 'left out'] as const]
      : []),
    ['Base DN', settings.baseDn],
    ['Encryption', usesTls ? 'LDAPS or StartTLS' : 'none (accepted)'],
    ['Authorities', shown.ca ?? "the operating system's"],
    ['Bind account', settings.bindUser ?? 'none (anonymous)'],
    ['Bind password', hasPassword ? 'stored, sealed' : 'not stored'],
    ['Connect timeout', `${settings.connectTimeoutSeconds} s`],
    ['Time limit', `${settings.timeLimitSeconds} s for a page of ${settings.pageSize}`],
    ['Container filter', shown.filters.container],
    ['Group filter', shown.filters.group],
    ['User filter', shown.filters.user],
    ...Object.entries(shown.attributes).map(
      ([field, attribute]) => [`  ${field}`, attribute === '' ? 'none' : attribute] as const,
    ),
  ]);
}
