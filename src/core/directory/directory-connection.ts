import type { AuditLog } from '../audit/audit-log.ts';
import { isMfaError, MfaError } from '../errors.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { SettingsDocument } from '../settings/settings-document.ts';
import type { Store } from '../store/store.ts';
import type { SettingsRow } from '../store/tables.ts';
import { utcMoment } from '../utc-time.ts';
import { type ConnectionChanges, changesBetween } from './connection-changes.ts';
import { connectionProblems } from './connection-problems.ts';
import type { FilterCounts } from './default-filters.ts';
import type { Directory, DirectoryUser, ListingOptions } from './directory.ts';
import type { DirectoryServers } from './directory-servers.ts';
import type { DirectorySettings, directorySettingsSchema } from './directory-settings.ts';
import type { Check } from './ldap/check.ts';
import type { ServerCertificate } from './ldap/server-certificates.ts';
import { bindPasswordSecret } from './open-directory.ts';

export type ConnectionCheck = Check;
export type { FilterCounts, ServerCertificate };

export interface ConnectionServices {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly secrets: Secrets;
  readonly directorySettings: SettingsDocument<typeof directorySettingsSchema>;
  readonly servers: DirectoryServers;
}

/** How the directory is reached now. */
export interface StoredConnection {
  readonly settings: DirectorySettings;
  /** A bind password is stored; it is never shown. */
  readonly hasPassword: boolean;
  /** False until somebody has chosen a directory. */
  readonly isConfigured: boolean;
}

/** A new bind password; undefined keeps the stored one. */
export type NewPassword = string | undefined;

export interface ConnectionChange {
  /** The settings that the change was made from. */
  readonly before: DirectorySettings;
  readonly after: DirectorySettings;
  readonly password?: NewPassword;
  /** Say what would change, and save nothing. */
  readonly dryRun?: boolean;
}

/** The connection to the directory: looked at, tried and changed here, by commands and in the console. */
export class DirectoryConnection {
  readonly #services: ConnectionServices;

  constructor(services: ConnectionServices) {
    this.#services = services;
  }

  load(): StoredConnection {
    const { directorySettings, secrets } = this.#services;
    return {
      settings: directorySettings.load(),
      hasPassword: secrets.has(bindPasswordSecret),
      isConfigured: this.#row() !== undefined,
    };
  }

  /**
   * Checks what a connection needs, and asks the server for the base DN when it is not given.
   * @param password a new one; undefined takes the stored one
   * @throws {MfaError} `directory.*`
   */
  async complete(
    settings: DirectorySettings,
    password: NewPassword,
    signal?: AbortSignal,
  ): Promise<DirectorySettings> {
    const [problem] = connectionProblems(settings);
    if (problem !== undefined) throw problem.error;
    if (settings.type === 'sample' || settings.baseDn !== '') return settings;
    return { ...settings, baseDn: await this.suggestBaseDn(settings, password, signal) };
  }

  /** The base DN that the server names. @throws {MfaError} `directory.*` */
  async suggestBaseDn(
    settings: DirectorySettings,
    password: NewPassword,
    signal?: AbortSignal,
  ): Promise<string> {
    const { suggestBaseDn } = await import('./ldap/suggest-base-dn.ts');
    return suggestBaseDn(settings, this.#passwordOr(password), this.#services.servers, signal);
  }

  /**
   * Saves complete settings with their audit event; without a bind account the stored password goes.
   * @returns what changed; empty when nothing did, and then nothing is written
   * @throws {MfaError} `settings.changed`
   */
  save({ before, after, password, dryRun = false }: ConnectionChange): ConnectionChanges {
    const { store, directorySettings, secrets, audit } = this.#services;
    return store.transaction(() => {
      const stored = directorySettings.load();
      if (Object.keys(changesBetween(before, stored)).length > 0) throw this.#changed();
      const hadPassword = secrets.has(bindPasswordSecret);
      const keepsPassword = password === undefined && after.bindUser !== null;
      const changes = changesBetween(stored, after);
      if (password !== undefined) changes.bindPassword = [hadPassword ? 'set' : null, 'set anew'];
      else if (hadPassword && !keepsPassword) changes.bindPassword = ['set', null];
      const isFirst = this.#row() === undefined;
      if (isFirst && Object.keys(changes).length === 0) changes.type = [null, after.type];
      if (dryRun || Object.keys(changes).length === 0) return changes;
      directorySettings.save(after);
      if (password !== undefined) secrets.set(bindPasswordSecret, password);
      else if (!keepsPassword) secrets.remove(bindPasswordSecret);
      audit.append({ action: 'directory.changed', target: after.type, details: { fields: changes } });
      return changes;
    });
  }

  /** Tries settings, saved or not, and tells of each step as it is done. */
  async *test(
    settings: DirectorySettings,
    password: NewPassword,
    signal?: AbortSignal,
  ): AsyncGenerator<ConnectionCheck> {
    if (settings.type === 'sample') {
      const message = 'The built-in sample directory is used; it needs no connection.';
      yield { step: 'Sample directory', server: null, ok: true, message, advice: null, wasTried: true };
      return;
    }
    const { testConnection } = await import('./ldap/doctor.ts');
    yield* testConnection(settings, this.#passwordOr(password), this.#services.servers, { signal });
  }

  /**
   * What the servers of settings, saved or not, show when TLS begins. Nothing is trusted, and no password is sent.
   * @throws {MfaError} `directory.*`
   */
  async certificates(settings: DirectorySettings, signal?: AbortSignal): Promise<ServerCertificate[]> {
    const { serverCertificates } = await import('./ldap/server-certificates.ts');
    return serverCertificates(settings, this.#services.servers, signal);
  }

  /**
   * The PEM text of certificates that were shown, to be trusted alone.
   * @param fingerprints SHA-256 of all that may be trusted
   * @throws {MfaError} `directory.tlsUntrusted` when a server shows another one, or a fingerprint is nobody's
   */
  async pin(shown: readonly ServerCertificate[], fingerprints: readonly string[]): Promise<string> {
    const { pinCertificates } = await import('./ldap/server-certificates.ts');
    return pinCertificates(shown, fingerprints);
  }

  /** How many entries the filters of settings find, saved or not. @throws {MfaError} `directory.*` */
  async countByFilter(
    settings: DirectorySettings,
    password: NewPassword,
    signal?: AbortSignal,
  ): Promise<FilterCounts> {
    if (settings.type === 'sample') {
      const { countSampleByFilter } = await import('./sample/count-by-filter.ts');
      return countSampleByFilter(settings);
    }
    const { countByFilter } = await import('./ldap/count-by-filter.ts');
    return countByFilter(settings, this.#passwordOr(password), this.#services.servers, signal);
  }

  /**
   * A person as the attributes of settings, saved or not, make them: who is named so, else the first that the text
   * finds.
   * @returns null when nobody is found
   * @throws {MfaError} `directory.*`
   */
  async findPerson(
    settings: DirectorySettings,
    password: NewPassword,
    text: string,
    signal?: AbortSignal,
  ): Promise<DirectoryUser | null> {
    const directory = await this.#open(settings, password, signal);
    const options = signal === undefined ? {} : { signal };
    try {
      if (!text.trim().startsWith('(')) {
        const named = await firstNamed(directory, text, options);
        if (named !== null) return named;
      }
      const { users } = await directory.search(text, 1, options);
      return users[0] ?? null;
    } finally {
      await directory.close();
    }
  }

  async #open(settings: DirectorySettings, password: NewPassword, signal?: AbortSignal): Promise<Directory> {
    if (settings.type === 'sample') {
      const { openSampleDirectory } = await import('./sample/sample-directory.ts');
      return openSampleDirectory(settings);
    }
    const { openLdapDirectory } = await import('./ldap/ldap-directory.ts');
    return openLdapDirectory(settings, this.#passwordOr(password), this.#services.servers, signal);
  }

  #passwordOr(password: NewPassword): string | null {
    return password ?? this.#services.secrets.get(bindPasswordSecret);
  }

  #row(): SettingsRow | undefined {
    return this.#services.store.prepare<SettingsRow>(`SELECT * FROM settings WHERE name = 'directory'`).get();
  }

  #changed(): MfaError {
    const { updated_by = 'somebody', updated_at = '' } = this.#row() ?? {};
    return new MfaError(
      'settings.changed',
      `The connection to the directory was changed by ${updated_by} at ${utcMoment(updated_at)}.`,
      { advice: 'Look at what it is now, and make your change again.' },
    );
  }
}

/** Who has exactly this name; null for nobody, and for several. */
async function firstNamed(
  directory: Directory,
  name: string,
  options: ListingOptions,
): Promise<DirectoryUser | null> {
  try {
    for await (const { users } of directory.users({ scope: 'users', names: [name] }, options)) {
      return users[0] ?? null;
    }
    return null;
  } catch (error) {
    if (isMfaError(error, 'directory.entryNotFound') || isMfaError(error, 'directory.invalid')) return null;
    throw error;
  }
}
