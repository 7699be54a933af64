import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerCertificate } from './certificates.ts';

const schemaFolders = ['/etc/ldap/schema', '/etc/openldap/schema', '/usr/local/etc/openldap/schema'];
const moduleFolders = ['/usr/lib/ldap', '/usr/lib64/openldap', '/usr/lib/openldap'];

/** Order matters: nis defines the uidNumber and others that msuser's classes use. */
const standardSchemas = ['core', 'cosine', 'nis', 'inetorgperson'];

/** Matching rules that AD has for its syntaxes and that Debian's msuser.schema leaves out. */
const matchingRules: Readonly<Record<string, string>> = {
  "'1.3.6.1.4.1.1466.115.121.1.7'": 'EQUALITY booleanMatch',
  "'1.3.6.1.4.1.1466.115.121.1.12'": 'EQUALITY distinguishedNameMatch',
  "'1.3.6.1.4.1.1466.115.121.1.15'": 'EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch',
  "'1.3.6.1.4.1.1466.115.121.1.24'": 'EQUALITY generalizedTimeMatch ORDERING generalizedTimeOrderingMatch',
  "'1.3.6.1.4.1.1466.115.121.1.27'": 'EQUALITY integerMatch ORDERING integerOrderingMatch',
  "'1.3.6.1.4.1.1466.115.121.1.40'": 'EQUALITY octetStringMatch',
  "'MSADlargeInteger'": 'EQUALITY integerMatch ORDERING integerOrderingMatch',
};

export interface SlapdConfiguration {
  readonly folder: string;
  readonly baseDn: string;
  readonly adminDn: string;
  readonly adminPassword: string;
  /** A msuser.schema that {@link searchableMsuserSchema} made. */
  readonly msuserSchemaFile: string;
  readonly caFile: string;
  readonly certificate: ServerCertificate;
  readonly sizeLimit: number | undefined;
  readonly limitsPagedSearches: boolean;
}

/**
 * Debian's msuser.schema with equality, ordering and substring rules, without which filters such as
 * `(objectCategory=...)` or `(sAMAccountName=a*)` match nothing.
 */
export async function searchableMsuserSchema(): Promise<string> {
  const text = await readFile(join(await firstExisting(schemaFolders), 'msuser.schema'), 'utf8');
  return text.replace(
    /\bSYNTAX ('[^']+')/g,
    (syntax, name: string) => `${matchingRules[name] ?? ''} ${syntax}`,
  );
}

/** Writes the slapd.conf of a directory that owes nothing to the configuration of the machine. */
export async function slapdConfiguration(configuration: SlapdConfiguration): Promise<string> {
  const { folder, certificate } = configuration;
  const schemaFolder = await firstExisting(schemaFolders);
  const schemas = [
    ...standardSchemas.map((name) => join(schemaFolder, `${name}.schema`)),
    configuration.msuserSchemaFile,
  ];
  return `${schemas.map((file) => `include ${file}`).join('\n')}
modulepath ${await firstExisting(moduleFolders)}
moduleload back_mdb
pidfile ${folder}/slapd.pid
loglevel none
TLSCACertificateFile ${configuration.caFile}
TLSCertificateFile ${certificate.certFile}
TLSCertificateKeyFile ${certificate.keyFile}
${sizeLimits(configuration)}
database mdb
directory ${folder}/database
suffix "${configuration.baseDn}"
rootdn "${configuration.adminDn}"
rootpw ${configuration.adminPassword}
maxsize ${16 * 1024 ** 3}
dbnosync
index objectClass eq
index uid,mail eq
index sAMAccountName,userPrincipalName eq
index objectGUID,uSNChanged eq
index entryUUID,modifyTimestamp eq
access to attrs=userPassword by anonymous auth by * none
access to * by users read by * none
`;
}

function sizeLimits({ sizeLimit, limitsPagedSearches }: SlapdConfiguration): string {
  if (sizeLimit === undefined) return 'sizelimit unlimited';
  const pagedTotal = limitsPagedSearches ? sizeLimit : 'unlimited';
  return `sizelimit size.soft=${sizeLimit} size.hard=${sizeLimit} size.prtotal=${pagedTotal}`;
}

async function firstExisting(folders: readonly string[]): Promise<string> {
  for (const folder of folders) {
    if (
      await access(folder).then(
        () => true,
        () => false,
      )
    )
      return folder;
  }
  throw new Error(`OpenLDAP is installed, but none of ${folders.join(', ')} exists`);
}
