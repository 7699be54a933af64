import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { ServerCertificate } from './certificates.ts';
import { FakeLdapConnection } from './fake-ldap-connection.ts';
import type { FakeEntry } from './fake-ldap-entries.ts';
import type { LdapRequest } from './fake-ldap-request.ts';
import type { FakeLdapFaults, FakeLdapState } from './fake-ldap-state.ts';

export interface FakeLdapOptions {
  readonly entries?: readonly FakeEntry[];
  /** Default: DC=fake,DC=contoso,DC=test. */
  readonly baseDn?: string;
  /** Attributes that replace those of the rootDSE, which is that of an Active Directory without DirSync. */
  readonly rootDse?: FakeEntry['attributes'];
  readonly faults?: FakeLdapFaults;
  /** The most values of one attribute in one answer. Default: 1500, as in AD. */
  readonly maxValRange?: number;
  /** The most entries on one page. Default: 1000, as in AD. */
  readonly maxPageSize?: number;
  /** Serves LDAPS with this certificate instead of plain LDAP. */
  readonly certificate?: ServerCertificate;
}

/**
 * A small LDAP server inside the test's process, with entries from memory, for what no real server does on request.
 * Binds with any name and password succeed unless a fault says otherwise; an empty password is the anonymous bind
 * of RFC 4513 section 5.1.2, which succeeds too, and like AD the server then refuses to search.
 */
export interface FakeLdap {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly baseDn: string;
  /** Change `faults` or `entries` of it between requests, for example to heal the server. */
  readonly state: FakeLdapState;
  /** Every request so far, in order, for assertions about what a client asks. */
  readonly requests: readonly LdapRequest[];
  /** How many connections were opened so far. */
  connectionCount(): number;
  /** How many of them are open now. */
  openConnectionCount(): number;
  stop(): Promise<void>;
}

export async function startFakeLdap(options: FakeLdapOptions = {}): Promise<FakeLdap> {
  const baseDn = options.baseDn ?? 'DC=fake,DC=contoso,DC=test';
  const state: FakeLdapState = {
    entries: options.entries ?? [],
    faults: options.faults ?? {},
    rootDse: { dn: '', attributes: { ...activeDirectoryRootDse(baseDn), ...options.rootDse } },
    maxValRange: options.maxValRange ?? 1500,
    maxPageSize: options.maxPageSize ?? 1000,
  };
  const requests: LdapRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  function accept(socket: Socket): void {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    new FakeLdapConnection(socket, state, (request) => requests.push(request));
  }
  const { certificate } = options;
  const server = certificate
    ? createTlsServer({ cert: certificate.cert, key: certificate.key }, accept)
    : createServer(accept);
  // Clients that refuse the certificate are expected; their side of the test says so.
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `${certificate ? 'ldaps' : 'ldap'}://127.0.0.1:${port}`,
    host: '127.0.0.1',
    port,
    baseDn,
    state,
    requests,
    connectionCount: () => connections,
    openConnectionCount: () => sockets.size,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function activeDirectoryRootDse(baseDn: string): FakeEntry['attributes'] {
  return {
    defaultNamingContext: baseDn,
    rootDomainNamingContext: baseDn,
    configurationNamingContext: `CN=Configuration,${baseDn}`,
    schemaNamingContext: `CN=Schema,CN=Configuration,${baseDn}`,
    namingContexts: [baseDn, `CN=Configuration,${baseDn}`, `CN=Schema,CN=Configuration,${baseDn}`],
    dnsHostName: 'fake-dc.contoso.test',
    dsServiceName: `CN=NTDS Settings,CN=FAKE-DC,CN=Servers,CN=Site,CN=Sites,CN=Configuration,${baseDn}`,
    highestCommittedUSN: '20000',
    supportedLDAPVersion: ['3', '2'],
    supportedControl: ['1.2.840.113556.1.4.319'],
    supportedCapabilities: ['1.2.840.113556.1.4.800', '1.2.840.113556.1.4.1670'],
  };
}
