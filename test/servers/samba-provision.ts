import { createHash } from 'node:crypto';
import { lstat, mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ldifChange } from './ldif.ts';
import { runProgram } from './run-program.ts';

/** Raised whenever what {@link provision} does changes, so that no older tree is taken for a new one. */
const cacheVersion = 1;

const normalAccount = 0x200;
const passwordNeverExpires = 0x10000;

export interface ProvisionParameters {
  /** DNS name of the domain, for example corp.contoso.test. */
  readonly domain: string;
  readonly administratorPassword: string;
}

/** The distinguished name of a domain: corp.contoso.test becomes DC=corp,DC=contoso,DC=test. */
export function domainDn(domain: string): string {
  return domain
    .split('.')
    .map((label) => `DC=${label}`)
    .join(',');
}

/** The NetBIOS name of a domain: CORP for corp.contoso.test. */
export function netBiosName(domain: string): string {
  return (domain.split('.')[0] ?? domain).toUpperCase();
}

/**
 * Fills the existing, empty `folder` with a new Active Directory (about 6 s, 42 MB) or with a copy of one that an earlier
 * call made with the same parameters (about 0.1 s). Only `etc/smb.conf` names the folder, and the caller replaces
 * that file. Copies share their SIDs, GUIDs and invocationId; ask for `isFresh` where that matters.
 */
export async function provisionInto(
  folder: string,
  parameters: ProvisionParameters,
  isFresh: boolean,
): Promise<void> {
  if (isFresh) {
    await provision(folder, parameters);
    return;
  }
  const archive = await archiveFile(parameters);
  if (archive && (await exists(archive))) {
    await runProgram('tar', ['-xf', archive, '-C', folder]);
    return;
  }
  await provision(folder, parameters);
  if (archive) {
    // Another test worker may do the same right now: a rename is all or nothing, and either archive will do.
    const unfinished = `${archive}.${process.pid}`;
    await runProgram('tar', ['-cSf', unfinished, '-C', folder, '.']);
    await rename(unfinished, archive);
  }
}

async function provision(folder: string, parameters: ProvisionParameters): Promise<void> {
  await runProgram('samba-tool', [
    ...['domain', 'provision', `--targetdir=${folder}`, '--server-role=dc', '--dns-backend=SAMBA_INTERNAL'],
    ...[`--realm=${parameters.domain.toUpperCase()}`, `--domain=${netBiosName(parameters.domain)}`],
    ...['--host-name=dc1', '--host-ip=127.0.0.1', `--adminpass=${parameters.administratorPassword}`],
    ...['--option=interfaces=lo', '--option=bind interfaces only=yes'],
  ]);
  // A tree that waits in the cache for longer than the 42 days of the default password policy must still work.
  const administrator = `CN=Administrator,CN=Users,${domainDn(parameters.domain)}`;
  const flags = { userAccountControl: normalAccount | passwordNeverExpires };
  const database = join(folder, 'private', 'sam.ldb');
  await runProgram('ldbmodify', ['-H', database], ldifChange(administrator, 'replace', flags));
}

/** Where the archive for these parameters and this Samba belongs, or undefined where no cache can be trusted. */
async function archiveFile(parameters: ProvisionParameters): Promise<string | undefined> {
  const userId = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `mfa-console-samba-cache-${userId}`);
  await mkdir(folder, { mode: 0o700 }).catch(() => {});
  // Everybody may write to /tmp: what another account prepared there is not ours to run.
  const status = await lstat(folder);
  if (!status.isDirectory() || status.uid !== userId || (status.mode & 0o077) !== 0) return undefined;
  const version = await runProgram('samba', ['--version']);
  const key = JSON.stringify([cacheVersion, version.trim(), parameters]);
  return join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 16)}.tar`);
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
