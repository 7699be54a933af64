import { type Command, Option } from 'commander';
import { attributeFields } from '../../core/directory/attributes.ts';
import { type DirectoryType, directoryTypes } from '../../core/directory/directory.ts';
import { type DirectorySettings, directorySettingsSchema } from '../../core/directory/directory-settings.ts';
import {
  includesTrustedDomains,
  withoutTrustedDomains,
  withTrustedDomains,
} from '../../core/directory/forest.ts';
import { withAttributes, withFilters } from '../../core/directory/mapping.ts';
import { MfaError } from '../../core/errors.ts';
import { readAuthorities } from '../../core/tls/authorities.ts';

/** The options of `directory set` and `directory test`. */
export interface ConnectionOptions {
  type?: DirectoryType;
  url?: string[];
  /** False for none. */
  discover?: string | false;
  discoverProtocol?: 'ldaps' | 'ldap';
  /** False for the domain of the servers alone. */
  trustedDomains?: boolean;
  baseDn?: string;
  security?: 'startTls' | 'none';
  acceptPlain?: true;
  caFile?: string;
  systemCa?: true;
  pinCertificate?: string[];
  bindUser?: string;
  anonymous?: true;
  bindPasswordFile?: string;
  connectTimeout?: string;
  timeLimit?: string;
  pageSize?: string;
  containerFilter?: string;
  groupFilter?: string;
  userFilter?: string;
  attribute?: string[];
  defaultAttributes?: true;
}

export function withConnectionOptions(command: Command): Command {
  const collect = (value: string, earlier: string[] = []) => [...earlier, value];
  return command
    .addOption(new Option('--type <type>', 'kind of directory').choices(directoryTypes))
    .option(
      '--url <url>',
      'ldaps://host or ldap://host; repeat it for further servers, in their order',
      collect,
    )
    .option(
      '--discover <domain>',
      'find servers of the domain by DNS, and try them after those that are named',
    )
    .option('--no-discover', 'use only the servers that are named')
    .addOption(
      new Option('--discover-protocol <protocol>', 'how the servers that DNS knows are reached').choices([
        'ldaps',
        'ldap',
      ]),
    )
    .option('--trusted-domains', 'read all domains of the forest, through the Global Catalog of the servers')
    .option('--no-trusted-domains', 'read the domain of the servers alone')
    .option('--base-dn <dn>', 'where the directory begins for us; else what the server suggests')
    .addOption(
      new Option('--security <how>', 'what protects ldap:// connections').choices(['startTls', 'none']),
    )
    .option('--accept-plain', 'accept that passwords and people travel without encryption')
    .option('--ca-file <file>', 'PEM certificates of the authorities to trust')
    .addOption(new Option('--system-ca', 'trust the authorities of the operating system').conflicts('caFile'))
    .addOption(
      new Option(
        '--pin-certificate <sha256>',
        'trust the certificate that the server shows now, when it has this fingerprint; repeatable',
      )
        .argParser(collect)
        .conflicts(['caFile', 'systemCa']),
    )
    .option('--bind-user <name>', 'account to log on with: name@domain or a distinguished name')
    .addOption(new Option('--anonymous', 'do not log on').conflicts(['bindUser', 'bindPasswordFile']))
    .option('--bind-password-file <file>', "file with the account's password, or - for standard input")
    .option('--connect-timeout <seconds>', 'for one connection or logon')
    .option('--time-limit <seconds>', 'that the server may work on one page')
    .option('--page-size <n>', 'entries on one page')
    .option('--container-filter <filter>', 'LDAP filter of containers; empty for the default')
    .option('--group-filter <filter>', 'LDAP filter of security groups; empty for the default')
    .option('--user-filter <filter>', 'LDAP filter of users; empty for the default')
    .option(
      '--attribute <field=name>',
      `attribute of a field, such as mobile=otherMobile; repeatable; fields: ${attributeFields.join(', ')}`,
      collect,
    )
    .option('--default-attributes', 'go back to the default attributes');
}

/**
 * The settings with the options on top. Another type begins with its own filters and attributes.
 * @throws {MfaError} `directory.invalid`, `tls.invalid`, `usage.invalid`
 */
export function applyOptions(current: DirectorySettings, options: ConnectionOptions): DirectorySettings {
  const isOtherType = options.type !== undefined && options.type !== current.type;
  const hadForest = includesTrustedDomains(current);
  const hasForest = options.trustedDomains ?? (hadForest && !isOtherType);
  const changed = {
    ...current,
    type: options.type ?? current.type,
    urls: options.url ?? current.urls,
    discovery: discoveryOf(current.discovery, options),
    // Another part of the forest begins elsewhere, where the server says.
    baseDn: options.baseDn ?? (hasForest === hadForest ? current.baseDn : ''),
    security: options.security ?? current.security,
    acceptsPlain: options.acceptPlain ?? (options.security === 'startTls' ? false : current.acceptsPlain),
    ca: options.systemCa ? null : options.caFile === undefined ? current.ca : readAuthorities(options.caFile),
    bindUser: options.anonymous ? null : (options.bindUser ?? current.bindUser),
    connectTimeoutSeconds: number(options.connectTimeout) ?? current.connectTimeoutSeconds,
    timeLimitSeconds: number(options.timeLimit) ?? current.timeLimitSeconds,
    pageSize: number(options.pageSize) ?? current.pageSize,
    filters: isOtherType ? {} : current.filters,
    attributes: isOtherType || options.defaultAttributes ? {} : current.attributes,
  };
  const parsed = directorySettingsSchema.safeParse(changed);
  if (parsed.success) {
    const mapped = withMapping(parsed.data, options);
    if (options.trustedDomains === false) return withoutTrustedDomains(mapped);
    return hasForest ? withTrustedDomains(requireActiveDirectory(mapped)) : mapped;
  }
  const [issue] = parsed.error.issues;
  throw new MfaError(
    'directory.invalid',
    `The setting ${issue?.path.join('.')} is not valid: ${issue?.message}.`,
  );
}

function requireActiveDirectory(settings: DirectorySettings): DirectorySettings {
  if (settings.type === 'activeDirectory') return settings;
  throw new MfaError('directory.invalid', 'Only Active Directory has trusted domains to include.', {
    advice: 'Leave --trusted-domains out.',
  });
}

function discoveryOf(
  current: DirectorySettings['discovery'],
  { discover = current?.domain ?? false, discoverProtocol }: ConnectionOptions,
): DirectorySettings['discovery'] {
  if (discover === false) return null;
  return { domain: discover, protocol: discoverProtocol ?? current?.protocol ?? 'ldaps' };
}

function number(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function withMapping(settings: DirectorySettings, options: ConnectionOptions): DirectorySettings {
  const { containerFilter: container, groupFilter: group, userFilter: user, attribute = [] } = options;
  const filters = {
    ...(container !== undefined && { container }),
    ...(group !== undefined && { group }),
    ...(user !== undefined && { user }),
  };
  const attributes = Object.fromEntries(attribute.map(readAttribute));
  return withAttributes(withFilters(settings, filters), attributes);
}

function readAttribute(option: string): [field: string, attribute: string] {
  const [field = '', ...rest] = option.split('=');
  const attribute = rest.join('=').trim();
  const isField = (attributeFields as readonly string[]).includes(field);
  if (!isField || rest.length === 0) {
    throw new MfaError('directory.invalid', `"${option}" does not give a field its attribute.`, {
      advice: `Write it like mobile=otherMobile, with one of the fields ${attributeFields.join(', ')}.`,
    });
  }
  return [field, attribute];
}
