import { existsSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { AuditLog } from './audit/audit-log.ts';
import { DataVersion } from './audit/data-version.ts';
import { type Clock, systemClock } from './clock.ts';
import { type DataDirectory, makeDataDirectory } from './data-directory.ts';
import type { Directory } from './directory/directory.ts';
import { DirectoryConnection } from './directory/directory-connection.ts';
import { type DirectoryServers, systemServers } from './directory/directory-servers.ts';
import {
  type DirectorySettings,
  directorySettingsSchema,
  onlyServer,
  preferringServer,
} from './directory/directory-settings.ts';
import { openDirectory, openUserReader } from './directory/open-directory.ts';
import { createSender } from './email/create-sender.ts';
import { deliveryHealthDocument } from './email/delivery-health.ts';
import { EmailDelivery } from './email/email-delivery.ts';
import { emailSettingsSchema } from './email/email-settings.ts';
import type { DeliverOptions } from './email/outbox/delivery/deliver-options.ts';
import { Outbox } from './email/outbox/outbox.ts';
import { type Gateways, openGateways } from './gateways/gateways.ts';
import type { ImportOptions } from './import/run-import.ts';
import type { ImportRun, RunRequest } from './runs/run.ts';
import { Runs } from './runs/runs.ts';
import { speakInOurWords } from './schema-words.ts';
import { createMasterKey, type MasterKey, readMasterKey } from './secrets/master-key.ts';
import { Secrets } from './secrets/secrets.ts';
import { type CompanySettings, companySettingsSchema } from './settings/company-settings.ts';
import { SettingsDocument } from './settings/settings-document.ts';
import { Store } from './store/store.ts';
import { syncSettingsSchema, syncStateSchema } from './sync/sync-settings.ts';
import { Synchronization } from './sync/synchronization.ts';
import type { User } from './users/user.ts';
import { Users } from './users/users.ts';
import { systemWait, type Wait } from './wait.ts';
import { Wordings, wordingsSchema } from './wordings/wordings.ts';

/** Everything that the product can do with one data directory; consoles, commands and services stand on it. */
export interface Core {
  readonly dataDirectory: DataDirectory;
  /** Who acts: the account of the operating system, as it stands in the audit log. */
  readonly actor: string;
  readonly clock: Clock;
  readonly store: Store;
  readonly masterKey: MasterKey;
  readonly secrets: Secrets;
  readonly audit: AuditLog;
  readonly companySettings: SettingsDocument<typeof companySettingsSchema>;
  readonly directorySettings: SettingsDocument<typeof directorySettingsSchema>;
  /** Which servers of the directory could be used lately, and which could not. */
  readonly directoryServers: DirectoryServers;
  /** How the directory is reached: look, test, change. */
  readonly directoryConnection: DirectoryConnection;
  /** How mail leaves this server: look, change, test. */
  readonly emailDelivery: EmailDelivery;
  /** How text messages and calls leave this server: look, change, test, send. */
  readonly gateways: Gateways;
  /** What text messages and OATH prompts say: look, change, fill. */
  readonly wordings: Wordings;
  /** The mails to users: queue, look, retry, cancel. */
  readonly outbox: Outbox;
  /** Sends the mails that wait, until it is told to stop; see `deliverMails`. */
  deliverMails(options: DeliverOptions): Promise<void>;
  readonly users: Users;
  /** The user whom somebody means who signs in with a name; see `resolveUser`. */
  resolveUser(name: string, signal?: AbortSignal): Promise<User>;
  /** Connects to the configured directory. The caller closes it. */
  openDirectory(signal?: AbortSignal): Promise<Directory>;
  readonly runs: Runs;
  /** Brings users in from the configured directory; see `runImport`. */
  importUsers(request: RunRequest, options?: ImportOptions): Promise<ImportRun>;
  /** Users kept in step with the directory: items, runs, approvals. */
  readonly synchronization: Synchronization;
  readonly syncSettings: SettingsDocument<typeof syncSettingsSchema>;
  readonly syncState: SettingsDocument<typeof syncStateSchema>;
  /** Another number whenever another process has changed the data; costs next to nothing. */
  dataVersion(): number;
  close(): void;
}

export interface CoreOptions {
  dataDirectory: DataDirectory;
  clock?: Clock;
  actor?: string;
  wait?: Wait;
  /** What is known of the servers of the directory; left out: nothing yet. */
  directoryServers?: DirectoryServers;
}

export type { CompanySettings, DirectorySettings };

/**
 * Opens a data directory; one that does not exist yet is made, with an empty database and a new master key.
 * @throws {MfaError} `store.*`, `masterKey.*`
 */
export function openCore(options: CoreOptions): Core {
  speakInOurWords();
  const { dataDirectory, clock = systemClock, actor = operatingSystemAccount(), wait = systemWait } = options;
  const { directoryServers: servers = systemServers() } = options;
  makeDataDirectory(dataDirectory);
  if (!existsSync(dataDirectory.masterKey) && !existsSync(dataDirectory.database)) {
    createMasterKey(dataDirectory.masterKey);
  }
  const masterKey = readMasterKey(dataDirectory.masterKey);
  const store = new Store(dataDirectory.database);
  const secrets = new Secrets(store, masterKey, clock);
  const audit = new AuditLog(store, masterKey, clock, actor);
  const companySettings = new SettingsDocument(store, clock, actor, 'company', companySettingsSchema);
  const directorySettings = new SettingsDocument(store, clock, actor, 'directory', directorySettingsSchema);
  const emailSettings = new SettingsDocument(store, clock, actor, 'email', emailSettingsSchema);
  const syncSettings = new SettingsDocument(store, clock, actor, 'synchronization', syncSettingsSchema);
  const syncState = new SettingsDocument(store, clock, actor, 'synchronizationState', syncStateSchema);
  const deliveryHealth = deliveryHealthDocument(store, clock, actor);
  const version = new DataVersion(store, audit);
  const runs = new Runs(store, clock, actor);
  const outboxContext = {
    store,
    audit,
    clock,
    actor,
    secrets,
    emailSettings,
    deliveryHealth,
    companySettings,
  };
  const outbox = new Outbox(outboxContext);
  const openConfigured = (signal?: AbortSignal) =>
    openDirectory(directorySettings.load(), secrets, servers, signal);
  return {
    dataDirectory,
    actor,
    clock,
    store,
    masterKey,
    secrets,
    audit,
    companySettings,
    directorySettings,
    directoryServers: servers,
    directoryConnection: new DirectoryConnection({ store, audit, secrets, directorySettings, servers }),
    emailDelivery: new EmailDelivery({ store, audit, clock, secrets, emailSettings, deliveryHealth }),
    gateways: openGateways({ store, audit, secrets, wait, companySettings }, clock, actor),
    wordings: new Wordings({
      store,
      audit,
      settings: new SettingsDocument(store, clock, actor, 'wordings', wordingsSchema),
    }),
    outbox,
    async deliverMails(deliverOptions) {
      const { deliverMails } = await import('./email/outbox/delivery/deliver-mails.ts');
      await deliverMails({ ...outboxContext, createSender, wait }, deliverOptions);
    },
    users: new Users({ store, audit, clock, actor, companySettings }),
    async resolveUser(name, signal) {
      const { resolveUser } = await import('./users/resolve-user.ts');
      return resolveUser({ store, companySettings, openDirectory: openConfigured }, name, signal);
    },
    openDirectory: openConfigured,
    runs,
    async importUsers(request, importOptions) {
      const { runImport } = await import('./import/run-import.ts');
      const { attributeMap } = await import('./directory/attributes.ts');
      const { importSettings } = await import('./import/desired-fields.ts');
      const configured = directorySettings.load();
      const directory = await openUserReader(configured, secrets, servers, importOptions?.signal);
      try {
        const attributes = attributeMap(configured.type, configured.attributes);
        const settings = importSettings(companySettings.load());
        const services = { store, audit, runs, clock, actor, settings, attributes, directory, outbox };
        return await runImport(request, services, importOptions);
      } finally {
        await directory.close();
      }
    },
    syncSettings,
    syncState,
    synchronization: new Synchronization({
      store,
      audit,
      runs,
      clock,
      actor,
      outbox,
      companySettings,
      directorySettings,
      syncSettings,
      syncState,
      openDirectory(signal, server) {
        const configured = directorySettings.load();
        const settings = server === undefined ? configured : preferringServer(configured, server);
        return openDirectory(settings, secrets, servers, signal);
      },
      async *listUsers(selection, { server, ...options } = {}) {
        const configured = directorySettings.load();
        const settings = server === undefined ? configured : onlyServer(configured, server);
        const reader = await openUserReader(settings, secrets, servers, options.signal);
        try {
          yield* reader.users(selection, options);
        } finally {
          await reader.close();
        }
      },
    }),
    dataVersion: () => version.read(),
    close: () => store.close(),
  };
}

/** Who acts, as `account@machine`. */
export function operatingSystemAccount(): string {
  const account = process.env.SUDO_USER ?? accountName();
  return `${account}@${hostname()}`;
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}
