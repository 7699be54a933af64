import { connect as connectTcp, isIP, type Socket } from 'node:net';
import * as tls from 'node:tls';
import { MfaError } from '../../errors.ts';
import { trustOf } from '../../tls/trust.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { type ConnectionStage, connectionError, timeoutError } from './connection-errors.ts';
import { parseUrl } from './server-url.ts';

/** What a connection needs of the settings. */
export type ConnectionSettings = Pick<
  DirectorySettings,
  'security' | 'acceptsPlain' | 'ca' | 'connectTimeoutSeconds' | 'timeLimitSeconds'
>;

/** Opens a TCP connection. @throws {MfaError} `directory.*` */
export function openTcp(url: string, timeoutSeconds: number, signal?: AbortSignal): Promise<Socket> {
  const { host, port } = parseUrl(url);
  return settle(
    () => connectTcp({ host, port, noDelay: true }),
    'connect',
    url,
    'connect',
    timeoutSeconds,
    signal,
  );
}

/**
 * Opens TLS over a socket that is connected already. The server's name is always checked.
 * @throws {MfaError} `directory.*`
 */
export function openTls(
  url: string,
  settings: Pick<ConnectionSettings, 'ca' | 'connectTimeoutSeconds'>,
  socket: Socket,
  changes: tls.ConnectionOptions = {},
  signal?: AbortSignal,
): Promise<tls.TLSSocket> {
  const options = { ...tlsOptions(url, settings.ca), ...changes, socket };
  return settle(
    () => tls.connect(options),
    'secureConnect',
    url,
    'tls',
    settings.connectTimeoutSeconds,
    signal,
  );
}

/** What TLS to a server is made with; the name is checked even for an IP address, which TLS itself never sends. */
function tlsOptions(url: string, ca: string | null): tls.ConnectionOptions {
  const { host } = parseUrl(url);
  return {
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    secureContext: trustOf(ca),
    rejectUnauthorized: true,
  };
}

function settle<Kind extends Socket>(
  open: () => Kind,
  event: 'connect' | 'secureConnect',
  url: string,
  stage: ConnectionStage,
  timeoutSeconds: number,
  signal: AbortSignal | undefined,
): Promise<Kind> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(cancelled(signal));
      return;
    }
    let socket: Kind;
    try {
      socket = open();
    } catch (error) {
      reject(connectionError(error, url, stage));
      return;
    }
    const finish = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      socket.removeListener(event, succeed);
      socket.removeListener('error', fail);
      socket.removeListener('close', closed);
    };
    const giveUp = (error: MfaError) => {
      finish();
      socket.on('error', () => undefined);
      socket.destroy();
      reject(error);
    };
    const succeed = () => {
      finish();
      resolve(socket);
    };
    const fail = (error: Error) => giveUp(connectionError(error, url, stage));
    const closed = () =>
      giveUp(connectionError(Object.assign(new Error('closed'), { code: 'ECONNRESET' }), url, stage));
    const abort = () => giveUp(cancelled(signal));
    const doing = stage === 'tls' ? 'agree on encryption' : 'accept a connection';
    const timer = setTimeout(() => giveUp(timeoutError(url, timeoutSeconds, doing)), timeoutSeconds * 1000);
    socket.once(event, succeed);
    socket.once('error', fail);
    socket.once('close', closed);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** What a caller that aborts a listing sees. */
export function cancelled(signal: AbortSignal | undefined): MfaError {
  return new MfaError('run.cancelled', 'Reading from the directory was cancelled.', {
    cause: signal?.reason,
  });
}

/** When the certificate expires that the other side has shown. ISO 8601 UTC; null without encryption. */
export function certificateExpiryOf(socket: Socket): string | null {
  if (!(socket instanceof tls.TLSSocket)) return null;
  return new Date(socket.getPeerCertificate().valid_to).toISOString();
}
