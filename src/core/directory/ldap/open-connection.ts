import { MfaError } from '../../errors.ts';
import type { DirectoryServers } from '../directory-servers.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { LdapConnection } from './connection.ts';
import { isWorthAnotherServer } from './connection-errors.ts';
import { parseUrl } from './server-url.ts';

/**
 * Connects and logs on to the first server that can be used. Another one is tried only when a server cannot be
 * reached or not be trusted, never after a refused password, which would be counted once for every server.
 * @param urls in the order to try
 * @param servers remembers which of them could be used
 * @throws {MfaError} `directory.*`; when several servers failed, its message names each of them
 */
export async function openConnection(
  settings: DirectorySettings,
  password: string | null,
  urls: readonly string[],
  servers: DirectoryServers,
  signal?: AbortSignal,
): Promise<LdapConnection> {
  if (urls.length === 0) {
    throw new MfaError('directory.notConfigured', 'No directory server is configured.', {
      advice: 'Name one in Directory Integration, or with "mfa-console directory set".',
    });
  }
  for (const url of urls) parseUrl(url);
  const failures: MfaError[] = [];
  for (const url of urls) {
    try {
      const connection = await openOne(url, settings, password, signal);
      servers.works(url);
      return connection;
    } catch (error) {
      if (!(error instanceof MfaError) || !isWorthAnotherServer(error)) throw error;
      servers.hasFailed(url);
      failures.push(error);
    }
  }
  const [first] = failures;
  if (first === undefined || failures.length === 1) throw first;
  const reasons = failures.map((failure) => failure.message).join(' ');
  throw new MfaError(first.code, `None of the ${failures.length} directory servers can be used: ${reasons}`, {
    advice: 'Run "mfa-console directory test", which checks each of them step by step.',
    cause: first,
  });
}

async function openOne(
  url: string,
  settings: DirectorySettings,
  password: string | null,
  signal: AbortSignal | undefined,
): Promise<LdapConnection> {
  const connection = await LdapConnection.open(url, settings, signal);
  try {
    await logOn(connection, settings, password, signal);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Binds as the settings say; without a bind account the connection stays anonymous. @throws {MfaError} */
export async function logOn(
  connection: LdapConnection,
  settings: DirectorySettings,
  password: string | null,
  signal?: AbortSignal,
): Promise<void> {
  if (settings.bindUser === null) return;
  if (password === null || password === '') {
    // A bind with a name and no password succeeds as nobody (RFC 4513 5.1.2), and nobody sees an empty directory.
    throw new MfaError(
      'directory.credentials',
      `No password is stored for the bind account ${settings.bindUser}.`,
      {
        advice:
          'Enter it in Directory Integration, or with "mfa-console directory set --bind-password-file FILE".',
      },
    );
  }
  await connection.bind(settings.bindUser, password, signal);
}
