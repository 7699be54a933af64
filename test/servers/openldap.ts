import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'ldapts';
import { type CertificateCondition, createTestCertificates, type TestCertificates } from './certificates.ts';
import { ldifRecord } from './ldif.ts';
import { searchableMsuserSchema, slapdConfiguration } from './openldap-configuration.ts';
import { type PersonKind, peopleDn, peopleLdif } from './openldap-people.ts';
import { runProgram } from './run-program.ts';
import {
  findFreePort,
  makeServerFolder,
  removeServerFolder,
  type ServerProcess,
  startServerProcess,
} from './server-process.ts';

const baseDn = 'DC=big,DC=contoso,DC=test';

export interface OpenLdapOptions {
  /** How many people the directory has. Default: 0. */
  readonly users?: number;
  /** Users as Active Directory shows them (objectGUID), or plain inetOrgPerson (entryUUID). Default: activeDirectory. */
  readonly kind?: PersonKind;
  /** Determines the identities of the people. Default: the same on every start. */
  readonly seed?: string;
  /** When a person was changed last. Default: when they are loaded. */
  readonly changedAt?: (index: number) => Date;
  /** LDIF of further entries, loaded after the people. */
  readonly ldif?: string;
  /** How many entries a search without paging may return before result 4 (sizeLimitExceeded). Default: all. */
  readonly sizeLimit?: number;
  /** Whether the limit is also the total of all pages, as OpenLDAP does by default and AD does not. Default: false. */
  readonly limitsPagedSearches?: boolean;
  /** Which certificate the server shows. Default: valid. */
  readonly certificate?: CertificateCondition;
}

/**
 * An OpenLDAP server with a database of its own in a temporary folder, for measurements with many people and for
 * directories that are not Active Directory. Attributes and filters are those of AD, bit rules included; DirSync,
 * tombstones, IN_CHAIN and AD's rootDSE are not there. Ends with the process that started it.
 */
export interface OpenLdap {
  readonly host: string;
  readonly ports: { readonly ldap: number; readonly ldaps: number };
  /** Plain (simple binds are allowed) or with StartTLS. */
  readonly ldapUrl: string;
  readonly ldapsUrl: string;
  readonly caFile: string;
  /** The certificate authority as PEM. */
  readonly ca: string;
  readonly certificates: TestCertificates;
  readonly baseDn: string;
  /** Where the people are, in ten departments. */
  readonly peopleDn: string;
  /** May read everything, within the limits. */
  readonly reader: { readonly dn: string; readonly password: string };
  /** May change everything, without limits. */
  readonly admin: { readonly dn: string; readonly password: string };
  /** The one that runs now. */
  readonly server: ServerProcess;
  /** Ends it where it still runs, and starts it again with the same content at the same ports. */
  startAgain(): Promise<void>;
  /** Stops the server and deletes everything it wrote. */
  stop(): Promise<void>;
}

/** Loads the people (about 4 s for 100,000) and starts the server (about 0.1 s). */
export async function startOpenLdap(options: OpenLdapOptions = {}): Promise<OpenLdap> {
  const folder = await makeServerFolder('openldap');
  try {
    return await startIn(folder, options);
  } catch (error) {
    await removeServerFolder(folder);
    throw error;
  }
}

async function startIn(folder: string, options: OpenLdapOptions): Promise<OpenLdap> {
  const host = '127.0.0.1';
  const admin = { dn: `CN=admin,${baseDn}`, password: 'Change-everything-1' };
  const reader = { dn: `CN=reader,${baseDn}`, password: 'Read-everything-1' };
  const configFile = join(folder, 'slapd.conf');
  const msuserSchemaFile = join(folder, 'msuser.schema');
  const certificates = await createTestCertificates(join(folder, 'certificates'), [
    host,
    'ldap.contoso.test',
    'localhost',
  ]);
  await mkdir(join(folder, 'database'));
  await writeFile(msuserSchemaFile, await searchableMsuserSchema());
  const configuration = await slapdConfiguration({
    folder,
    baseDn,
    adminDn: admin.dn,
    adminPassword: admin.password,
    msuserSchemaFile,
    caFile: certificates.authority.certFile,
    certificate: certificates[options.certificate ?? 'valid'],
    sizeLimit: options.sizeLimit,
    limitsPagedSearches: options.limitsPagedSearches ?? false,
  });
  await writeFile(configFile, configuration, { mode: 0o600 });
  await runProgram('slapadd', ['-q', '-f', configFile], contentLdif(reader, options));

  const ports = { ldap: await findFreePort(), ldaps: await findFreePort() };
  const ldapUrl = `ldap://${host}:${ports.ldap}`;
  const ldapsUrl = `ldaps://${host}:${ports.ldaps}`;
  const start = () =>
    startServerProcess({
      program: 'slapd',
      args: ['-d', '0', '-f', configFile, '-h', `${ldapUrl} ${ldapsUrl}`],
      folder,
      isReady: () => letsIn(ldapUrl, reader),
    });
  let server = await start();
  return {
    host,
    ports,
    ldapUrl,
    ldapsUrl,
    caFile: certificates.authority.certFile,
    ca: certificates.authority.cert,
    certificates,
    baseDn,
    peopleDn: peopleDn(baseDn),
    reader,
    admin,
    get server() {
      return server;
    },
    async startAgain() {
      await server.stop();
      server = await start();
    },
    async stop() {
      await server.stop();
      await removeServerFolder(folder);
    },
  };
}

function* contentLdif(reader: OpenLdap['reader'], options: OpenLdapOptions): Generator<string> {
  yield ldifRecord(baseDn, { objectClass: ['organization', 'dcObject'], o: 'Contoso' });
  yield ldifRecord(reader.dn, {
    objectClass: ['applicationProcess', 'simpleSecurityObject'],
    userPassword: reader.password,
  });
  yield* peopleLdif({
    baseDn,
    kind: options.kind ?? 'activeDirectory',
    count: options.users ?? 0,
    seed: options.seed ?? 'contoso',
    changedAt: options.changedAt,
  });
  yield options.ldif ?? '';
}

async function letsIn(url: string, reader: OpenLdap['reader']): Promise<boolean> {
  const client = new Client({ url, connectTimeout: 5000, timeout: 5000 });
  try {
    await client.bind(reader.dn, reader.password);
    return true;
  } finally {
    await client.unbind().catch(() => {});
  }
}
