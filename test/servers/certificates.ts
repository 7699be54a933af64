import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** A certificate and its key as PEM, on disk (for programs) and in memory (for servers inside the test). */
export interface ServerCertificate {
  readonly certFile: string;
  /** Mode 0600: Samba refuses a key that others may read. */
  readonly keyFile: string;
  readonly cert: string;
  readonly key: string;
}

export interface CertificateRequest {
  /** DNS names and IP addresses the certificate is valid for; the first is also its common name. */
  readonly names: readonly [string, ...string[]];
  /** Default: yesterday. */
  readonly validFrom?: Date;
  /** Default: in a week. */
  readonly validTo?: Date;
}

/** A private certificate authority that lives in one folder and is known to nobody outside the test. */
export interface CertificateAuthority {
  readonly certFile: string;
  readonly cert: string;
  issue(request: CertificateRequest): Promise<ServerCertificate>;
}

/** One certificate for each thing a client must notice. All but `untrusted` are signed by `authority`. */
export interface TestCertificates {
  readonly authority: CertificateAuthority;
  readonly valid: ServerCertificate;
  readonly expired: ServerCertificate;
  readonly wrongName: ServerCertificate;
  readonly untrusted: ServerCertificate;
}

/** The conditions of {@link TestCertificates} by name, for servers that take one of them as an option. */
export type CertificateCondition = Exclude<keyof TestCertificates, 'authority'>;

/** Creates a certificate authority in `folder` with elliptic curve keys, in about 50 ms. */
export async function createCertificateAuthority(
  folder: string,
  name = 'MFA Console Test CA',
): Promise<CertificateAuthority> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const certFile = join(folder, 'ca.crt');
  const keyFile = join(folder, 'ca.key');
  const lifetime = ['-days', '3650'];
  const extensions = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  await runProgram('openssl', [
    ...['req', '-x509', '-out', certFile, ...newKey(keyFile), ...subject(name), ...lifetime, ...extensions],
  ]);
  let issued = 0;

  async function issue(request: CertificateRequest): Promise<ServerCertificate> {
    issued += 1;
    const base = join(folder, `server-${issued}`);
    const files = { certFile: `${base}.crt`, keyFile: `${base}.key` };
    const csrFile = `${base}.csr`;
    const configFile = `${base}.cnf`;
    await writeFile(`${base}.index`, '');
    await writeFile(configFile, issueConfiguration(base, request.names));
    await runProgram('openssl', [
      ...['req', '-new', '-out', csrFile, ...newKey(files.keyFile), ...subject(request.names[0])],
    ]);
    // Only `openssl ca` lets OpenSSL 3.0 choose both ends of the validity, which an expired certificate needs.
    await runProgram('openssl', [
      ...['ca', '-batch', '-notext', '-config', configFile, '-in', csrFile, '-out', files.certFile],
      ...['-cert', certFile, '-keyfile', keyFile],
      ...['-startdate', openSslTime(request.validFrom ?? new Date(Date.now() - dayMs))],
      ...['-enddate', openSslTime(request.validTo ?? new Date(Date.now() + 7 * dayMs))],
    ]);
    const [cert, key] = await Promise.all([
      readFile(files.certFile, 'utf8'),
      readFile(files.keyFile, 'utf8'),
    ]);
    return { ...files, cert, key };
  }

  return { certFile, cert: await readFile(certFile, 'utf8'), issue };
}

/** Makes a certificate authority and one server certificate of every condition for the given names. */
export async function createTestCertificates(
  folder: string,
  names: readonly [string, ...string[]],
): Promise<TestCertificates> {
  const [authority, stranger] = await Promise.all([
    createCertificateAuthority(join(folder, 'authority')),
    createCertificateAuthority(join(folder, 'stranger'), 'Unknown Test CA'),
  ]);
  const lastYear = new Date(Date.now() - 365 * dayMs);
  const yesterday = new Date(Date.now() - dayMs);
  const [valid, expired, wrongName, untrusted] = await Promise.all([
    authority.issue({ names }),
    authority.issue({ names, validFrom: lastYear, validTo: yesterday }),
    authority.issue({ names: ['elsewhere.contoso.test'] }),
    stranger.issue({ names }),
  ]);
  return { authority, valid, expired, wrongName, untrusted };
}

function newKey(keyFile: string): string[] {
  // openssl creates key files with mode 0600 by itself.
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile];
}

function subject(name: string): string[] {
  return ['-subj', `/CN=${name}`];
}

function openSslTime(date: Date): string {
  return `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}

function issueConfiguration(base: string, names: readonly string[]): string {
  const alternatives = names.map((name) => `${isIP(name) ? 'IP' : 'DNS'}:${name}`).join(',');
  return `[ca]
default_ca = issuer
[issuer]
database = ${base}.index
new_certs_dir = ${join(base, '..')}
rand_serial = yes
default_md = sha256
unique_subject = no
policy = any_name
x509_extensions = server
[any_name]
commonName = supplied
[server]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = ${alternatives}
authorityKeyIdentifier = keyid
subjectKeyIdentifier = hash
`;
}
