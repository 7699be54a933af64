import { type LdifAttributes, ldifChange, ldifRecord } from './ldif.ts';
import {
  accountDisabled,
  type DirectoryContent,
  encodePassword,
  fileTime,
  normalAccount,
} from './samba-content.ts';

const password = 'Bind-with-me-1';

/** Somebody who can bind, or who should be able to and is not let in. */
export interface BindAccount {
  readonly dn: string;
  readonly userPrincipalName: string;
  readonly password: string;
}

/** Accounts to bind with, one for each answer that a domain controller can give. */
export interface BindAccounts {
  /** An ordinary user, who may read the directory as every authenticated user may. */
  readonly working: BindAccount;
  /** The working account with a password that is not its own: result 49, data 52e. */
  readonly wrongPassword: BindAccount;
  /** Result 49, data 533. */
  readonly disabled: BindAccount;
  /** Result 49, data 701. */
  readonly expired: BindAccount;
  /** Must change its password before it may log on: result 49, data 773. */
  readonly mustChangePassword: BindAccount;
  /** Locked for half an hour from now: result 49, data 775. */
  readonly locked: BindAccount;
}

/** Adds the accounts that tests of binding need, in about half a second. Samba gives data 52e for unknown names too. */
export async function addBindAccounts(
  content: DirectoryContent,
  parentDn: string,
  prefix = 'bind',
): Promise<BindAccounts> {
  const now = Date.now();
  let ldif = '';
  function prepare(name: string, attributes: LdifAttributes = {}): BindAccount {
    const login = `${prefix}-${name}`;
    const dn = `CN=${login},${parentDn}`;
    const userPrincipalName = `${login}@${content.domain}`;
    ldif += ldifRecord(dn, {
      objectClass: 'user',
      sAMAccountName: login,
      userPrincipalName,
      userAccountControl: normalAccount,
      unicodePwd: encodePassword(password),
      ...attributes,
    });
    return { dn, userPrincipalName, password };
  }
  const working = prepare('working');
  const accounts: BindAccounts = {
    working,
    wrongPassword: { ...working, password: 'Not-my-password-1' },
    disabled: prepare('disabled', { userAccountControl: normalAccount | accountDisabled }),
    expired: prepare('expired', { accountExpires: fileTime(new Date(now - 60_000)) }),
    mustChangePassword: prepare('must-change', { pwdLastSet: 0 }),
    locked: prepare('locked'),
  };
  await content.add(ldif);
  await content.modify(ldifChange(accounts.locked.dn, 'replace', { lockoutTime: fileTime(new Date(now)) }));
  return accounts;
}
