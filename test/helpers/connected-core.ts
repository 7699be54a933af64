import {
  type DirectorySettings,
  directorySettingsSchema,
} from '../../src/core/directory/directory-settings.ts';
import { bindPasswordSecret } from '../../src/core/directory/open-directory.ts';
import type { FakeLdap } from '../servers/fake-ldap.ts';
import { type TemporaryCore, temporaryCore } from './temporary-core.ts';

/** A core over a new data directory that is connected to an Active Directory. */
export function connectedCore(settings: Partial<DirectorySettings>, password: string): TemporaryCore {
  const core = temporaryCore();
  connect(core, settings, password);
  return core;
}

export function connect(core: TemporaryCore, settings: Partial<DirectorySettings>, password: string): void {
  core.directorySettings.save(directorySettingsSchema.parse({ type: 'activeDirectory', ...settings }));
  core.secrets.set(bindPasswordSecret, password);
}

/** As {@link connectedCore}, to a server in this process. */
export function coreOfFake(server: FakeLdap, settings: Partial<DirectorySettings> = {}): TemporaryCore {
  return connectedCore({ ...settingsOfFake(server), ...settings }, 'secret of the reader');
}

export function settingsOfFake(server: FakeLdap): Partial<DirectorySettings> {
  return {
    urls: [server.url],
    baseDn: server.baseDn,
    security: 'none',
    acceptsPlain: true,
    bindUser: 'reader',
    filters: { user: '(objectClass=user)' },
  };
}
