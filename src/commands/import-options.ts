import type { Command } from 'commander';
import * as z from 'zod';
import { phoneSources, type Selection } from '../core/directory/directory.ts';
import { MfaError } from '../core/errors.ts';
import { type ImportRules, importRulesSchema } from '../core/import/import-rules.ts';
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
  return command
    .option('--no-add', 'do not add new users')
    .option('--update', 'update users that are known already; without it they stay as they are')
    .option('--take-over', 'make users of the same username that were added by hand users of the directory')
    .option(
      '--phone <source>',
      `where the phone comes from: ${[...phoneSources, 'none'].join(', ')} (default: mobile)`,
    )
    .option('--backup <source>', 'where the backup phone comes from (default: none)')
    .option(
      '--enable <rule>',
      'who is enabled: always, never, new-with-phone, new-and-updated-with-phone (default: new-with-phone)',
    )
    .option('--method <method>', `the method of new users: ${methods.join(', ')}`)
    .option('--mode <mode>', 'the mode of that method')
    .option('--keep-method', 'set method and mode at every import, not only once')
    .option('--language <code>', `the language of new users for all methods: ${languages.join(', ')}`)
    .option('--keep-language', 'set the language at every import, not only once');
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

/** @throws {MfaError} `usage.invalid` */
export function parseRules(options: RuleOptions): ImportRules {
  const parsed = importRulesSchema.safeParse({
    addNew: options.add,
    updateExisting: options.update,
    takeOver: options.takeOver,
    phone: options.phone,
    backupPhone: options.backup,
    enable: options.enable === undefined ? undefined : camelCase(options.enable),
    method: options.method,
    mode: options.mode,
    methodPolicy: options.keepMethod ? 'keepInStep' : undefined,
    languagePhoneCall: options.language,
    languageTextMessage: options.language,
    languageMobileApp: options.language,
    languageOathToken: options.language,
    languagePolicy: options.keepLanguage ? 'keepInStep' : undefined,
  });
  if (!parsed.success) throw usage(z.prettifyError(parsed.error).replace(/^✖ /gm, ''));
  const rules = parsed.data;
  if (rules.mode !== null && rules.method === null) throw usage('--mode goes with --method.');
  if (rules.method !== null && rules.mode !== null && !isModeOf(rules.method, rules.mode)) {
    throw usage(`The method ${rules.method} has the modes ${modesOf[rules.method].join(', ')}.`);
  }
  return rules;
}

function usage(message: string): MfaError {
  return new MfaError('usage.invalid', message, { advice: '"mfa-console import --help" has examples.' });
}

function camelCase(text: string): string {
  return text.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
