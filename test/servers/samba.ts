import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'ldapts';
import { type CertificateCondition, createTestCertificates, type TestCertificates } from './certificates.ts';
import type { BindAccount } from './samba-accounts.ts';
import { findFreeLoopbackAddress } from './samba-address.ts';
import { DirectoryContent } from './samba-content.ts';
import { copyDomain } from './samba-copy.ts';
import { domainDn, netBiosName, provisionInto } from './samba-provision.ts';
import {
  makeServerFolder,
  removeServerFolder,
  type ServerProcess,
  startServerProcess,
} from './server-process.ts';

const administratorPassword = 'Adm1n-of-the-test-domain';

export interface DomainControllerOptions {
  /** Default: corp.contoso.test. Another name gives another domain, for tests with several. */
  readonly domain?: string;
  /** Which certificate the controller shows. Default: valid. */
  readonly certificate?: CertificateCondition;
  /**
   * Provision anew (about 6 s longer) instead of copying a cached tree. Needed where two controllers must differ in
   * their invocationId and SIDs. Default: false.
   */
  readonly isFresh?: boolean;
  /**
   * Begin with everything that another controller has now, as another controller of its domain or as the same one
   * after it was restored. Nothing replicates: what is to be on both has to be changed on both.
   */
  readonly copyOf?: { readonly controller: DomainController; readonly name: string };
}

/**
 * A Samba Active Directory domain controller on a loopback address of its own, with LDAP's usual ports.
 *
 * Each test file starts one (under a second from the cached tree) and stops it in `afterAll`: nothing is shared
 * between files, so no test can disturb another and none needs to clean up inside the directory. The controller
 * ends by itself when the test's process dies. Like a Windows Server 2025 controller it refuses simple binds
 * without TLS. `content` changes the directory while it runs.
 */
export interface DomainController {
  /** The loopback address, which the valid certificate names as well as `dc1.<domain>` and the domain. */
  readonly host: string;
  readonly dnsName: string;
  readonly ports: { readonly ldap: 389; readonly ldaps: 636; readonly globalCatalog: 3268 };
  /** Plain; usable with StartTLS, and to see a simple bind refused. */
  readonly ldapUrl: string;
  readonly ldapsUrl: string;
  readonly globalCatalogUrl: string;
  readonly caFile: string;
  /** The certificate authority as PEM. */
  readonly ca: string;
  readonly certificates: TestCertificates;
  readonly domain: string;
  readonly baseDn: string;
  readonly administrator: BindAccount;
  readonly content: DirectoryContent;
  /** Where its files are. */
  readonly tree: string;
  readonly server: ServerProcess;
  /** Stops the controller and deletes everything it wrote. */
  stop(): Promise<void>;
}

/** Provisions (or copies) a domain and starts its controller. Needs root, because of the ports. */
export async function startDomainController(
  options: DomainControllerOptions = {},
): Promise<DomainController> {
  const domain = options.copyOf?.controller.domain ?? options.domain ?? 'corp.contoso.test';
  const folder = await makeServerFolder('samba');
  try {
    return await startIn(folder, domain, options);
  } catch (error) {
    await removeServerFolder(folder);
    throw error;
  }
}

async function startIn(
  folder: string,
  domain: string,
  options: DomainControllerOptions,
): Promise<DomainController> {
  const tree = join(folder, 'domain');
  const { copyOf } = options;
  const name = copyOf?.name ?? 'DC1';
  const dnsName = `${name.toLowerCase()}.${domain}`;
  await mkdir(tree);
  const host = await findFreeLoopbackAddress();
  const [certificates] = await Promise.all([
    createTestCertificates(join(folder, 'certificates'), [
      dnsName,
      domain,
      host,
      // So that it can take the place of the other one.
      ...(copyOf === undefined ? [] : [copyOf.controller.host]),
    ]),
    copyOf === undefined
      ? provisionInto(tree, { domain, administratorPassword }, options.isFresh ?? false)
      : copyDomain(copyOf.controller.tree, tree, domain, copyOf.name),
  ]);
  const configFile = join(tree, 'etc', 'smb.conf');
  const certificate = certificates[options.certificate ?? 'valid'];
  const tls = { ca: certificates.authority.certFile, cert: certificate.certFile, key: certificate.keyFile };
  await mkdir(join(tree, 'run'), { recursive: true });
  await writeFile(configFile, sambaConfiguration(tree, host, domain, tls));

  const ldapUrl = `ldap://${host}`;
  const server = await startServerProcess({
    program: 'samba',
    args: ['--interactive', '--no-process-group', '--model=single', `--configfile=${configFile}`],
    folder,
    isReady: () => answersLdap(ldapUrl),
  });
  const baseDn = domainDn(domain);
  return {
    host,
    dnsName,
    ports: { ldap: 389, ldaps: 636, globalCatalog: 3268 },
    ldapUrl,
    ldapsUrl: `ldaps://${host}`,
    globalCatalogUrl: `ldap://${host}:3268`,
    caFile: certificates.authority.certFile,
    ca: certificates.authority.cert,
    certificates,
    domain,
    baseDn,
    administrator: {
      dn: `CN=Administrator,CN=Users,${baseDn}`,
      userPrincipalName: `administrator@${domain}`,
      password: administratorPassword,
    },
    content: new DirectoryContent(join(tree, 'private', 'sam.ldb'), domain),
    tree,
    server,
    async stop() {
      await server.stop();
      await removeServerFolder(folder);
    },
  };
}

async function answersLdap(url: string): Promise<boolean> {
  const client = new Client({ url, connectTimeout: 5000, timeout: 5000 });
  try {
    const { searchEntries } = await client.search('', {
      scope: 'base',
      attributes: ['defaultNamingContext'],
    });
    return searchEntries.length === 1;
  } finally {
    await client.unbind().catch(() => {});
  }
}

function sambaConfiguration(
  tree: string,
  host: string,
  domain: string,
  tls: { ca: string; cert: string; key: string },
): string {
  return `[global]
netbios name = DC1
realm = ${domain.toUpperCase()}
workgroup = ${netBiosName(domain)}
server role = active directory domain controller
interfaces = ${host}/8
bind interfaces only = yes
server services = ldap, cldap
dcerpc endpoint servers = -all
private dir = ${tree}/private
state directory = ${tree}/state
cache directory = ${tree}/cache
lock directory = ${tree}
binddns dir = ${tree}/bind-dns
pid directory = ${tree}/run
ncalrpc dir = ${tree}/run/ncalrpc
ntp signd socket directory = ${tree}/run/ntp
tls enabled = yes
tls cafile = ${tls.ca}
tls certfile = ${tls.cert}
tls keyfile = ${tls.key}
`;
}
