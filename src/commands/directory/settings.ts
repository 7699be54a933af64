import type { Core } from '../../core/core.ts';
import { attributeMap } from '../../core/directory/attributes.ts';
import type { DirectorySettings } from '../../core/directory/directory-settings.ts';
import { bindPasswordSecret } from '../../core/directory/open-directory.ts';
import { MfaError } from '../../core/errors.ts';
import type { CommandContext } from '../context.ts';
import { printFacts, printJson } from '../output.ts';
import { readSecret } from '../read-secret.ts';
import { applyOptions, type ConnectionOptions, certificatesIn } from './connection-options.ts';

export async function showDirectory(context: CommandContext): Promise<undefined> {
  const core = await context.core();
  await printSettings(context, core.directorySettings.load(), core.secrets.has(bindPasswordSecret));
}

export async function setDirectory(context: CommandContext, options: ConnectionOptions): Promise<undefined> {
  const core = await context.core();
  const before = core.directorySettings.load();
  const after = applyOptions(before, options);
  const password =
    options.bindPasswordFile === undefined
      ? undefined
      : await readSecret(options.bindPasswordFile, 'bind password');
  if (after.type !== 'sample') {
    await complete(after, () => password ?? core.secrets.get(bindPasswordSecret), context.signal);
  }
  const hadPassword = core.secrets.has(bindPasswordSecret);
  const hasPassword = password !== undefined || (hadPassword && !options.anonymous);
  const changes = changesBetween(before, after);
  if (password !== undefined || hadPassword !== hasPassword) {
    changes.bindPassword = [hadPassword ? 'set' : null, password !== undefined ? 'set anew' : null];
  }
  if (Object.keys(changes).length > 0 && !options.anonymous) warnAboutPassword(context, after, hasPassword);
  if (Object.keys(changes).length === 0) context.note('Nothing changed.');
  else if (context.options.dryRun) context.note('Nothing was saved, because of --dry-run.');
  else save(core, after, password, hasPassword, changes);
  await printSettings(context, after, hasPassword);
}

type Changes = Record<string, [old: unknown, new: unknown]>;

function save(
  core: Core,
  settings: DirectorySettings,
  password: string | undefined,
  hasPassword: boolean,
  changes: Changes,
): void {
  core.store.transaction(() => {
    core.directorySettings.save(settings);
    if (password !== undefined) core.secrets.set(bindPasswordSecret, password);
    else if (!hasPassword) core.secrets.remove(bindPasswordSecret);
    core.audit.append({ action: 'directory.changed', target: settings.type, details: changes });
  });
}

/** Checks what a connection needs and asks the server for the base DN when it is not given. */
async function complete(
  settings: DirectorySettings,
  bindPassword: () => string | null,
  signal: AbortSignal,
): Promise<void> {
  const { filtersOf } = await import('../../core/directory/ldap/default-filters.ts');
  const { parseUrl } = await import('../../core/directory/ldap/server-url.ts');
  if (settings.urls.length === 0) {
    throw new MfaError('directory.invalid', 'No directory server is named.', {
      advice: 'Name one with --url ldaps://dc1.corp.example.',
    });
  }
  for (const url of settings.urls) {
    const { protocol } = parseUrl(url);
    if (protocol === 'ldap:' && settings.security === 'none' && !settings.acceptsPlain) {
      throw new MfaError('directory.plainNotAccepted', `${url} would be used without encryption.`, {
        advice:
          'Use an ldaps:// URL or --security startTls; add --accept-plain only when nobody can listen on the network.',
      });
    }
  }
  filtersOf(settings);
  if (settings.baseDn === '') {
    const { suggestBaseDn } = await import('../../core/directory/ldap/suggest-base-dn.ts');
    settings.baseDn = await suggestBaseDn(settings, bindPassword(), signal);
  }
}

function warnAboutPassword(context: CommandContext, settings: DirectorySettings, hasPassword: boolean): void {
  if (settings.type === 'sample' || settings.bindUser === null || hasPassword) return;
  context.note('No password is stored for the bind account yet: set it with --bind-password-file.');
}

/** Setting by setting, old and new; a certificate by its fingerprint. */
function changesBetween(before: DirectorySettings, after: DirectorySettings): Changes {
  const changes: Changes = {};
  for (const key of Object.keys(after) as (keyof DirectorySettings)[]) {
    const [old, now] = [describeSetting(before, key), describeSetting(after, key)];
    if (JSON.stringify(old) !== JSON.stringify(now)) changes[key] = [old, now];
  }
  return changes;
}

function describeSetting(settings: DirectorySettings, key: keyof DirectorySettings): unknown {
  return key === 'ca' ? describeAuthorities(settings.ca) : settings[key];
}

function describeAuthorities(ca: string | null): string | null {
  if (ca === null) return null;
  return certificatesIn(ca)
    .map(
      (certificate) =>
        `${certificate.subject.replaceAll('\n', ', ')} (SHA-256 ${certificate.fingerprint256})`,
    )
    .join('; ');
}

async function printSettings(
  context: CommandContext,
  settings: DirectorySettings,
  hasPassword: boolean,
): Promise<void> {
  const { filtersOf } = await import('../../core/directory/ldap/default-filters.ts');
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
  const usesTls = settings.urls.every((url) => url.startsWith('ldaps:')) || settings.security === 'startTls';
  await printFacts([
    ['Type', settings.type],
    ...settings.urls.map((url, index) => [`Server ${index + 1}`, url] as const),
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
