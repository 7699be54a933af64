import { type Command, Option } from 'commander';
import { MfaError } from '../../core/errors.ts';
import { type LeaverRule, leaverDefaults, leaverRules } from '../../core/sync/sync-item.ts';
import { addRuleOptions, type RuleOptions, type SelectionOptions } from '../import-options.ts';
import { wholeNumber } from '../users/whole-number.ts';

/** What an item is made of, as commander names it. */
export interface ItemOptions extends Omit<SelectionOptions, 'user'>, RuleOptions {
  leavers?: LeaverRule;
  removeAfter?: number;
  on?: boolean;
  off?: boolean;
}

/** Every option has its opposite, so that an edit changes what it names and nothing else. */
export function addItemOptions(command: Command): Command {
  command
    .option('--container <dn>', 'an OU or container, with everything below it')
    .option('--one-level', 'with --container: only what is directly in it')
    .option('--group <dn>', 'the members of a security group')
    .option('--recursive', 'with --group: members of groups in the group, too')
    .option(
      '--filter <ldap>',
      'an LDAP filter of whom to take; a new item without a place takes from the whole directory',
    )
    .addOption(
      new Option(
        '--leavers <rule>',
        `users whom the item no longer finds; a new one takes ${leaverDefaults.leavers}`,
      ).choices(leaverRules),
    )
    .option('--remove-after <days>', 'with --leavers remove: days that they are disabled first', wholeNumber)
    .option('--on', 'switch the item on')
    .option('--off', 'switch the item off; its users stay as they are')
    .option('--add', 'add new users; so when left out');
  return addRuleOptions(command)
    .option('--no-update', 'leave users that are known already as they are; an item updates them otherwise')
    .option('--no-take-over', 'report users of the same username that were added by hand')
    .option('--no-keep-method', 'set method and mode of new users only')
    .option('--no-keep-language', 'set the language of new users only');
}

/** @throws {MfaError} `usage.invalid` */
export function requireSensible({ leavers, removeAfter, on, off }: ItemOptions, before?: LeaverRule): void {
  if (on && off) throw new MfaError('usage.invalid', 'Name one of --on and --off, not both.');
  if (removeAfter !== undefined && (leavers ?? before) !== 'remove') {
    throw new MfaError('usage.invalid', '--remove-after goes with --leavers remove.');
  }
}
