import { startOpenLdap } from '../../test/servers/openldap.ts';
import { startDomainController } from '../../test/servers/samba.ts';
import { addBindAccounts } from '../../test/servers/samba-accounts.ts';

export const labTypes = ['samba', 'openldap'] as const;
export type LabType = (typeof labTypes)[number];

/** A directory with people that runs, and what the product has to be told to reach it. */
export interface LabDirectory {
  readonly name: string;
  readonly type: 'activeDirectory' | 'ldap';
  readonly url: string;
  readonly caFile: string;
  readonly bindUser: string;
  readonly bindPassword: string;
  /** A container with people, to begin with. */
  readonly container: string;
  stop(): Promise<void>;
}

export function startLabDirectory(type: LabType, users: number): Promise<LabDirectory> {
  return type === 'samba' ? startSamba(users) : startLdap(users);
}

async function startSamba(users: number): Promise<LabDirectory> {
  const controller = await startDomainController();
  try {
    const { content, baseDn } = controller;
    const people = await content.organizationalUnit('People');
    const sales = await content.organizationalUnit('Sales', people);
    const engineering = await content.organizationalUnit('Engineering', people);
    const groups = await content.organizationalUnit('Groups');
    const half = Math.ceil(users / 2);
    const sellers = await content.users(sales, half);
    const engineers = await content.users(engineering, users - half, { first: half });
    const team = await content.group(groups, 'Sales Team', sellers);
    await content.group(groups, 'VPN Users', [team, ...engineers.slice(0, 5)]);
    const { working } = await addBindAccounts(content, `CN=Users,${baseDn}`);
    return {
      name: `Samba Active Directory ${controller.domain}`,
      type: 'activeDirectory',
      url: controller.ldapsUrl,
      caFile: controller.caFile,
      bindUser: working.userPrincipalName,
      bindPassword: working.password,
      container: people,
      stop: controller.stop,
    };
  } catch (error) {
    await controller.stop();
    throw error;
  }
}

async function startLdap(users: number): Promise<LabDirectory> {
  const server = await startOpenLdap({ users, kind: 'inetOrgPerson' });
  return {
    name: 'OpenLDAP',
    type: 'ldap',
    url: server.ldapsUrl,
    caFile: server.caFile,
    bindUser: server.reader.dn,
    bindPassword: server.reader.password,
    container: server.peopleDn,
    stop: server.stop,
  };
}
