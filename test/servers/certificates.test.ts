import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type CertificateCondition,
  createTestCertificates,
  type ServerCertificate,
  type TestCertificates,
} from './certificates.ts';
import { describeWithServer, openSsl } from './require-server.ts';

describeWithServer('test certificates', openSsl, () => {
  let folder: string;
  let certificates: TestCertificates;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mfa-console-certificates-'));
    certificates = await createTestCertificates(folder, ['dc1.contoso.test', '127.0.0.1']);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const conditions: readonly (readonly [CertificateCondition, string, string])[] = [
    ['valid', '127.0.0.1', 'trusted'],
    ['valid', 'dc1.contoso.test', 'trusted'],
    ['valid', 'dc2.contoso.test', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['expired', 'dc1.contoso.test', 'CERT_HAS_EXPIRED'],
    ['wrongName', 'dc1.contoso.test', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['untrusted', 'dc1.contoso.test', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ];
  test.each(conditions)('a client that asks the %s one for %s sees %s', async (condition, host, outcome) => {
    expect(await handshake(certificates[condition], certificates.authority.cert, host)).toBe(outcome);
  });

  test('nobody else may read a key', async () => {
    expect((await stat(certificates.valid.keyFile)).mode & 0o077).toBe(0);
  });
});

/** Serves one TLS handshake and returns "trusted" or the error code of the client that checks it. */
async function handshake(certificate: ServerCertificate, ca: string, host: string): Promise<string> {
  const server = createServer({ cert: certificate.cert, key: certificate.key });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  try {
    return await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, ca, ...nameToCheck(host) });
      const finish = (outcome: string) => {
        socket.destroy();
        resolve(outcome);
      };
      socket.once('secureConnect', () => finish('trusted'));
      socket.once('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    });
  } finally {
    server.close();
  }
}

/** TLS forbids an IP address as server name; Node checks such a host by its connection address. */
function nameToCheck(host: string): { servername?: string } {
  return host === '127.0.0.1' ? {} : { servername: host };
}
