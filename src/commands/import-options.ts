import { type Command, InvalidArgumentError, Option } from 'commander';
import { phoneSources, type Selection } from '../core/directory/directory.ts';
import { sendEmailRules } from '../core/email/outbox/send-email-rule.ts';
import { MfaError } from '../core/errors.ts';
import { enableRules, type ImportRules, importRulesSchema } from '../core/import/import-rules.ts';
import { isModeOf, languages, methods, modesOf } from '../core/users/method.ts';

/** The options that say whom to take; as commander names them. */
export interface SelectionOptions {
  container?: string;
  oneLevel?: boolean;
  group?: string;
  recursive?: boolean;
  user?: string[];
  filter?: string;
}

/** The options that say what to do with them. */
export interface RuleOptions {
  add?: boolean;
  update?: boolean;
  takeOver?: boolean;
  phone?: string;
  backup?: string;
  enable?: string;
  sendEmail?: string;
  method?: string;
  mode?: string;
  keepMethod?: boolean;
  language?: string;
  keepLanguage?: boolean;
}

export function addSelectionOptions(command: Command): Command {
  return command
    .option('--container <dn>', 'an OU or container, with everything below it')
    .option('--one-level', 'with --container: only what is directly in it')
    .option('--group <dn>', 'the members of a security group')
    .option('--recursive', 'with --group: members of groups in the group, too')
    .option('--user <name...>', 'single users by username, DN or directory id')
    .option('--filter <ldap>', 'an LDAP filter; alone it selects from the whole directory');
}

export function addRuleOptions(command: Command): Command {
  const phones = [...phoneSources, 'none'];
  const modes = [...new Set(Object.values(modesOf).flat())];
  return command
    .option('--no-add', 'do not add new users')
    .option('--update', 'update users that are known already; without it they stay as they are')
    .option('--take-over', 'make users of the same username that were added by hand users of the directory')
    .addOption(oneOf('--phone <source>', 'where the phone comes from; mobile when left out', phones))
    .addOption(oneOf('--backup <source>', 'where the backup phone comes from; none when left out', phones))
    .addOption(oneOf('--enable <rule>', 'who is enabled; newWithPhone when left out', enableRules))
    .addOption(oneOf('--send-email <rule>', 'who gets a mail; never when left out', sendEmailRules))
    .addOption(oneOf('--method <method>', 'the method of new users', methods))
    .addOption(oneOf('--mode <mode>', 'the mode of that method', modes))
    .option('--keep-method', 'set method and mode at every import, not only once')
    .addOption(oneOf('--language <code>', 'the language of new users for all methods', languages))
    .option('--keep-language', 'set the language at every import, not only once');
}

/** An option that takes one of our words; `new-with-phone` is as good as `newWithPhone`. */
function oneOf(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices).argParser((text: string) => {
    const word = text.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    if (choices.includes(word)) return word;
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
  });
}

/** @throws {MfaError} `usage.invalid` when no or more than one selection is named */
export function parseSelection(options: SelectionOptions): Selection {
  const scopes = [options.container, options.group, options.user].filter((scope) => scope !== undefined);
  if (scopes.length > 1) throw usage('Name one of --container, --group and --user, not several.');
  if (options.oneLevel && options.container === undefined) throw usage('--one-level goes with --container.');
  if (options.recursive && options.group === undefined) throw usage('--recursive goes with --group.');
  const userFilter = options.filter === undefined ? {} : { userFilter: options.filter };
  if (options.container !== undefined) {
    return { scope: 'container', dn: options.container, includeSubtree: !options.oneLevel, ...userFilter };
  }
  if (options.group !== undefined) {
    return { scope: 'group', dn: options.group, isRecursive: options.recursive ?? false, ...userFilter };
  }
  if (options.user !== undefined) return { scope: 'users', names: options.user, ...userFilter };
  if (options.filter !== undefined) return { scope: 'filter', filter: options.filter };
  throw usage('Say whom to import: --container DN, --group DN, --user NAME or --filter LDAP.');
}

/**
 * A run that is continued was told already whom to import and how.
 * @throws {MfaError} `usage.invalid` when an option says it again
 */
export function requireNothingElse(options: SelectionOptions & RuleOptions): void {
  const { container, oneLevel, group, recursive, user, filter } = options;
  const { add, update, takeOver, phone, backup, enable, sendEmail } = options;
  const { method, mode, keepMethod, language, keepLanguage } = options;
  const selection = [container, oneLevel, group, recursive, user, filter];
  const rules = [
    update,
    takeOver,
    phone,
    backup,
    enable,
    sendEmail,
    method,
    mode,
    keepMethod,
    language,
    keepLanguage,
  ];
  if (add !== false && [...selection, ...rules].every((option) => option === undefined)) return;
  throw usage('--resume does what the earlier run was asked to; leave out whom to import and how.');
}

/**
 * @param options as {@link addRuleOptions} lets them pass
 * @param before what holds where no option says otherwise; left out: the defaults of an import
 * @throws {MfaError} `usage.invalid` when method and mode do not go together
 */
export function parseRules(options: RuleOptions, before: Partial<ImportRules> = {}): ImportRules {
  const given = {
    addNew: options.add,
    updateExisting: options.update,
    takeOver: options.takeOver,
    phone: options.phone,
    backupPhone: options.backup,
    enable: options.enable,
    sendEmail: options.sendEmail,
    method: options.method,
    mode: options.mode,
    methodPolicy: policyOf(options.keepMethod),
    languagePhoneCall: options.language,
    languageTextMessage: options.language,
    languageMobileApp: options.language,
    languageOathToken: options.language,
    languagePolicy: policyOf(options.keepLanguage),
  };
  // Another method begins with its own mode.
  const isOtherMethod = options.method !== undefined && options.method !== before.method;
  const rules = importRulesSchema.parse({
    ...before,
    ...(isOtherMethod && { mode: null }),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  });
  if (rules.mode !== null && rules.method === null) throw usage('--mode goes with --method.');
  if (rules.method !== null && rules.mode !== null && !isModeOf(rules.method, rules.mode)) {
    throw usage(`The method ${rules.method} has the modes ${modesOf[rules.method].join(', ')}.`);
  }
  return rules;
}

function policyOf(keeps: boolean | undefined): ImportRules['methodPolicy'] | undefined {
  return keeps === undefined ? undefined : keeps ? 'keepInStep' : 'setOnce';
}

function usage(message: string): MfaError {
  return new MfaError('usage.invalid', message, { advice: '"mfa-console import --help" has examples.' });
}
