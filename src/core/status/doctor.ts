import { existsSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import type { DataDirectory } from '../data-directory.ts';
import { systemServers } from '../directory/directory-servers.ts';
import { directorySettingsSchema } from '../directory/directory-settings.ts';
import { checkName } from '../directory/ldap/check.ts';
import { bindPasswordSecret } from '../directory/open-directory.ts';
import { type MasterKey, readMasterKey } from '../secrets/master-key.ts';
import { Secrets } from '../secrets/secrets.ts';
import { SettingsDocument } from '../settings/settings-document.ts';
import { Store } from '../store/store.ts';
import { type Check, passed } from './check.ts';
import { checkDiskSpace, checkNode, checkPermissions, missingDirectory } from './file-checks.ts';
import { checkAudit, checkIntegrity, checkMasterKey, checkSchema, failedToOpen } from './store-checks.ts';

/**
 * Looks at everything that an installation stands on, and makes nothing that is missing. Checks come as they
 * are done; one that cannot be done because an earlier one failed is left out.
 */
export async function* examine(
  directory: DataDirectory,
  clock: Clock,
  signal?: AbortSignal,
): AsyncGenerator<Check> {
  yield checkNode(process.versions.node);
  if (!existsSync(directory.path)) {
    yield missingDirectory(directory);
    return;
  }
  yield checkPermissions(directory);
  yield checkDiskSpace(directory);
  const store = open(() => new Store(directory.database, { mustExist: true }), 'Database');
  if (!(store instanceof Store)) {
    yield store;
    return;
  }
  try {
    yield checkIntegrity(store);
    yield checkSchema();
    const masterKey = open(() => readMasterKey(directory.masterKey), 'Master key');
    if ('ok' in masterKey) {
      yield masterKey;
      return;
    }
    yield attempt('Master key', () => checkMasterKey(store, masterKey, clock));
    yield attempt('Audit log', () => checkAudit(store, masterKey));
    yield* checkDirectory(store, masterKey, clock, signal);
  } finally {
    store.close();
  }
}

/** Connects to the configured directory, as `directory test` does. */
async function* checkDirectory(
  store: Store,
  masterKey: MasterKey,
  clock: Clock,
  signal: AbortSignal | undefined,
): AsyncGenerator<Check> {
  const document = new SettingsDocument(store, clock, '', 'directory', directorySettingsSchema);
  const settings = open(() => document.load(), 'Directory');
  if ('ok' in settings) {
    yield settings;
    return;
  }
  if (settings.type === 'sample') {
    yield passed('Directory', 'The sample directory is used; there is nothing to connect to.');
    return;
  }
  const password = open(() => new Secrets(store, masterKey, clock).get(bindPasswordSecret), 'Directory');
  if (password !== null && typeof password === 'object') {
    yield password;
    return;
  }
  const { testConnection } = await import('../directory/ldap/doctor.ts');
  for await (const check of testConnection(settings, password, systemServers(), { signal })) {
    const { ok, message, advice } = check;
    yield { name: `Directory: ${checkName(check)}`, ok, message, advice };
  }
}

function open<Opened>(work: () => Opened, name: string): Opened | Check {
  try {
    return work();
  } catch (error) {
    return failedToOpen(name, error);
  }
}

/** A damaged database may fail at any read. */
function attempt(name: string, work: () => Check): Check {
  try {
    return work();
  } catch (error) {
    return failedToOpen(name, error);
  }
}
