import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ldifChange } from './ldif.ts';
import { runProgram } from './run-program.ts';
import { domainDn } from './samba-provision.ts';

/**
 * Copies the files of a controller to the existing folder `to`, as they are in a moment in which nothing changes them, and
 * makes another controller of the copy, or with the name that it has a restored one: the copy gets an invocationId of
 * its own, as from a restore (MS-ADTS 3.1.1.1.6).
 */
export async function copyDomain(from: string, to: string, domain: string, name: string): Promise<void> {
  await runProgram('cp', ['--archive', '--sparse=always', `${from}/.`, to]);
  const database = join(to, 'private', 'sam.ldb');
  const sites = `CN=Sites,CN=Configuration,${domainDn(domain)}`;
  const servers = `CN=Servers,CN=Default-First-Site-Name,${sites}`;
  if (name !== 'DC1') {
    await runProgram('ldbrename', ['-H', database, `CN=DC1,${servers}`, `CN=${name},${servers}`]);
  }
  const identity = { invocationId: randomBytes(16) };
  const ldif = ldifChange(`CN=NTDS Settings,CN=${name},${servers}`, 'replace', identity);
  await runProgram('ldbmodify', ['-H', database, '--relax'], ldif);
}
