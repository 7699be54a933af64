import { type DirectoryType, directoryNames, directoryTypes } from '../../core/directory/directory.ts';
import type { StoredConnection } from '../../core/directory/directory-connection.ts';
import { trustFields } from '../tls/trust-fields.ts';
import type { FieldSpec, FormValues } from '../widgets/form/field.ts';

/** How the connection is protected, as administrators think of it. */
export const encryptions = ['ldaps', 'startTls', 'none'] as const;
export type Encryption = (typeof encryptions)[number];

const encryptionNames: Record<Encryption, string> = { ldaps: 'LDAPS', startTls: 'StartTLS', none: 'none' };

const kindHelp: Record<DirectoryType, string> = {
  sample: 'A built-in company of some 400 people, to try everything with.',
  activeDirectory: 'A Windows domain.',
  ldap: 'OpenLDAP and others: entryUUID, uid, inetOrgPerson.',
};

const encryptionHelp: Record<Encryption, string> = {
  ldaps: 'TLS from the start, at port 636.',
  startTls: 'TLS is begun at port 389.',
  none: 'The password and all names can be read on the way. Current domain controllers refuse it.',
};

const baseDnHelp = 'Where the directory begins for us. Left empty, the server is asked.';

export const isConnected = ({ kind }: FormValues): boolean => kind !== 'sample';
const isEncrypted = (values: FormValues) => isConnected(values) && values.encryption !== 'none';

/** Which directory it is. */
export const kindField: FieldSpec = {
  kind: 'choice',
  id: 'kind',
  label: 'Directory',
  options: directoryTypes.map((id) => ({ id, label: directoryNames[id] })),
  help: ({ kind }) => kindHelp[kind as DirectoryType],
};

/** What it takes to reach and read a directory server. */
export function serverFields({ settings, hasPassword }: StoredConnection): readonly FieldSpec[] {
  return [
    {
      kind: 'text',
      id: 'servers',
      label: 'Servers',
      isWide: true,
      placeholder: 'such as dc1.corp.example dc2.corp.example',
      help: 'In the order they are tried, with spaces between; a port may follow: dc1.corp.example:636.',
      isShown: isConnected,
    },
    {
      kind: 'choice',
      id: 'encryption',
      label: 'Encryption',
      options: encryptions.map((id) => ({ id, label: encryptionNames[id] })),
      help: ({ encryption }) => encryptionHelp[encryption as Encryption],
      isShown: isConnected,
    },
    {
      kind: 'toggle',
      id: 'acceptsPlain',
      label: 'I accept',
      help: 'That everybody on the network can read the password and all names.',
      isShown: (values) => isConnected(values) && values.encryption === 'none',
    },
    ...trustFields(settings.ca, isEncrypted).map(withKey),
    {
      kind: 'text',
      id: 'bindUser',
      label: 'Bind account',
      isWide: true,
      placeholder: 'such as svc-mfa@corp.example',
      help: 'Logs on to read people: name@domain or a distinguished name. Empty: nobody logs on.',
      isShown: isConnected,
    },
    {
      kind: 'password',
      id: 'password',
      label: 'Password',
      placeholder: hasPassword ? '(stored; type to replace it)' : '',
      help: 'Stored sealed and never shown again. Ctrl+R shows what you type while held.',
      isShown: isConnected,
    },
    {
      kind: 'text',
      id: 'baseDn',
      label: 'Base DN',
      isWide: true,
      placeholder: '(asked from the server)',
      help: baseDnHelp,
      isShown: isConnected,
    },
  ];
}

/** Whom to trust, where a key shows what the servers show. */
function withKey(field: FieldSpec): FieldSpec {
  if (field.id !== 'trust') return field;
  const { help } = field;
  const own = (values: FormValues) => (typeof help === 'function' ? help(values) : (help ?? ''));
  return { ...field, help: (values) => `${own(values)} Ctrl+P shows those of the servers.`.trimStart() };
}

/** The base DN, where a key fills it. */
export function withBaseDnKey(field: FieldSpec): FieldSpec {
  return field.id === 'baseDn' ? { ...field, help: `${baseDnHelp} Ctrl+G asks it now.` } : field;
}

/** Where further servers come from. */
export const domainField: FieldSpec = {
  kind: 'text',
  id: 'domain',
  label: 'Servers by DNS',
  isWide: true,
  placeholder: '(none; else a domain such as corp.example)',
  help: 'The servers that DNS knows for a domain are tried after those that are named.',
  isShown: isConnected,
};

/** Whose people are read. */
export const trustedDomainsField: FieldSpec = {
  kind: 'toggle',
  id: 'trustedDomains',
  label: 'Trusted domains',
  help: ({ trustedDomains }) =>
    trustedDomains === true
      ? 'All domains of the forest are read, through the Global Catalog. Ctrl+G asks for the base DN of the forest.'
      : 'The domain of the servers is read, and no other of its forest.',
  isShown: ({ kind }) => kind === 'activeDirectory',
};

/** How long is waited, and how much is asked for at once. */
export const limitFields: readonly FieldSpec[] = [
  {
    kind: 'number',
    id: 'connectTimeout',
    label: 'Connect within',
    unit: 'seconds',
    least: 1,
    most: 300,
    isRequired: true,
    help: 'For one connection or logon.',
    isShown: isConnected,
  },
  {
    kind: 'number',
    id: 'timeLimit',
    label: 'Answer within',
    unit: 'seconds',
    least: 1,
    most: 3600,
    isRequired: true,
    help: 'That the server may work on one page.',
    isShown: isConnected,
  },
  {
    kind: 'number',
    id: 'pageSize',
    label: 'Page size',
    unit: 'entries',
    least: 1,
    most: 5000,
    isRequired: true,
    help: 'Active Directory gives at most 1000 at once.',
    isShown: isConnected,
  },
];
