import type { Command } from 'commander';
import { countText } from '../../core/count-text.ts';
import type { SelectionComparison } from '../../core/sync/compare-selection.ts';
import { type ItemSelection, itemJson, leaverDefaults, type SyncItem } from '../../core/sync/sync-item.ts';
import type { ItemPatch } from '../../core/sync/sync-items.ts';
import { act, examples } from '../act.ts';
import { confirm } from '../confirm.ts';
import type { CommandContext, CommonOptions } from '../context.ts';
import { parseRules, parseSelection } from '../import-options.ts';
import { printFacts, printJson, printTable, write } from '../output.ts';
import { wholeNumber } from '../users/whole-number.ts';
import { editedSelection } from './edited-selection.ts';
import { addItemOptions, type ItemOptions, requireSensible } from './item-options.ts';
import { comparisonFacts, itemFacts, leaversText, selectionText } from './item-text.ts';

export function defineItems(command: Command): void {
  const items = command
    .command('items')
    .description('say whom synchronization takes: the first item that matches a user wins');
  items
    .command('list')
    .description('list the items in their order')
    .addHelpText(
      'after',
      examples(['sync items list', 'all of them'], ['sync items list --json', 'for a script']),
    )
    .action(act(listItems));
  items
    .command('show <name>')
    .description('show everything about an item')
    .addHelpText('after', examples(['sync items show Sales', 'what it takes and what it does']))
    .action(act(showItem));
  addItemOptions(items.command('add <name>').description('add an item behind all others'))
    .addHelpText(
      'after',
      examples(
        [
          'sync items add Sales --container "OU=Sales,DC=corp,DC=contoso,DC=test" --leavers disable',
          'an OU, whose leavers are disabled',
        ],
        [
          'sync items add VPN --group "CN=VPN Users,OU=Groups,DC=corp,DC=contoso,DC=test" --recursive',
          'a group with the groups in it',
        ],
      ),
    )
    .action(act<ItemOptions>(addItem));
  addItemOptions(items.command('edit <name>').description('change an item; what is not named stays'))
    .option('--name <name>', 'another name')
    .addHelpText(
      'after',
      examples(
        ['sync items edit Sales --leavers remove --remove-after 30', 'remove leavers after 30 days'],
        ['sync items edit Sales --filter "(employeeType=internal)"', 'take some of them; "" takes all again'],
        ['sync items edit Sales --off', 'pass it over for now'],
        ['sync items edit Sales --filter "(title=*)" --dry-run', 'see whom it would find no more'],
      ),
    )
    .action(act<ItemOptions & { name?: string }>(editItem));
  items
    .command('remove <name>')
    .description('remove an item; its users stay as they are')
    .addHelpText('after', examples(['sync items remove Sales', 'after a question']))
    .action(act(removeItem));
  items
    .command('move <name>')
    .description('give an item another place in the order')
    .requiredOption('--to <n>', 'its new place, from 1', wholeNumber)
    .addHelpText('after', examples(['sync items move VPN --to 1', 'let it win over all others']))
    .action(act<{ to: number }>(moveItem));
}

async function listItems(context: CommandContext): Promise<undefined> {
  const { synchronization } = await context.core();
  await printItems(context, synchronization.items.list());
}

async function printItems(context: CommandContext, items: readonly SyncItem[]): Promise<void> {
  const { synchronization } = await context.core();
  const users = synchronization.items.countUsers();
  const placed = items.map((item, index) => ({ item, place: index + 1, users: users.get(item.id) ?? 0 }));
  if (context.options.json) {
    return printJson({ items: placed.map(({ item, ...rest }) => ({ ...itemJson(item), ...rest })) });
  }
  if (items.length === 0) {
    await write('There are no synchronization items yet: "mfa-console sync items add" makes one.\n');
    return;
  }
  await printTable(placed, [
    { title: '#', value: ({ place }) => place, align: 'right' },
    { title: 'Name', value: ({ item }) => item.name },
    { title: 'Takes', value: ({ item }) => selectionText(item.selection) },
    { title: 'Leavers', value: ({ item }) => leaversText(item) },
    { title: 'Users', value: (item) => countText(item.users), align: 'right' },
    { title: 'State', value: ({ item }) => (item.enabled ? 'on' : 'off') },
  ]);
}

async function showItem(context: CommandContext, _: CommonOptions, name = ''): Promise<undefined> {
  const { synchronization } = await context.core();
  await printItem(context, synchronization.items.find(name));
}

async function addItem(
  context: CommandContext,
  options: ItemOptions & CommonOptions,
  name = '',
): Promise<undefined> {
  requireSensible(options);
  const rules = parseRules(options, { updateExisting: true });
  const wanted = parseSelection(options);
  const { synchronization } = await context.core();
  const selection = await synchronization.identify(wanted, context.signal);
  const { leavers = leaverDefaults.leavers, removeAfter = leaverDefaults.removeAfterDays } = options;
  const item = synchronization.items.add(
    name,
    { selection, rules, leavers, removeAfterDays: removeAfter },
    { enabled: options.off !== true, dryRun: options.dryRun },
  );
  await printItem(context, item);
}

async function editItem(
  context: CommandContext,
  options: ItemOptions & CommonOptions & { name?: string },
  name = '',
): Promise<undefined> {
  const { synchronization } = await context.core();
  const before = synchronization.items.find(name);
  requireSensible(options, before.leavers);
  const patch: ItemPatch = { rules: parseRules(options, before.rules) };
  const edited = editedSelection(before.selection, options);
  if (edited !== undefined) {
    patch.selection =
      'place' in edited ? await synchronization.identify(edited.place, context.signal) : edited.selection;
  }
  if (options.leavers !== undefined) patch.leavers = options.leavers;
  if (options.leavers !== undefined && options.leavers !== 'remove') patch.removeAfterDays = null;
  if (options.removeAfter !== undefined) patch.removeAfterDays = options.removeAfter;
  if (options.name !== undefined) patch.name = options.name;
  if (options.on || options.off) patch.enabled = options.on === true;
  const { version } = before;
  const item = synchronization.items.edit(name, patch, { version, dryRun: options.dryRun });
  if (item === before) context.note('Nothing changed.');
  const { selection } = patch;
  await printItem(
    context,
    item,
    options.dryRun && selection ? await compare(context, before, selection) : undefined,
  );
}

async function compare(
  context: CommandContext,
  item: SyncItem,
  selection: ItemSelection,
): Promise<SelectionComparison> {
  const { compareSelection } = await import('../../core/sync/compare-selection.ts');
  return compareSelection(item, selection, await context.core(), context.signal);
}

async function removeItem(context: CommandContext, options: CommonOptions, name = ''): Promise<undefined> {
  const { synchronization } = await context.core();
  const { item, users } = synchronization.items.remove(name, { dryRun: true });
  await confirm(context, `Remove the item "${item.name}"? Its ${countText(users)} users stay as they are.`);
  if (!options.dryRun) synchronization.items.remove(name);
  if (options.json) await printJson({ item: itemJson(item), users });
  else await write(options.dryRun ? 'Nothing was removed, because of --dry-run.\n' : 'Removed.\n');
}

async function moveItem(
  context: CommandContext,
  options: CommonOptions & { to: number },
  name = '',
): Promise<undefined> {
  const { synchronization } = await context.core();
  await printItems(context, synchronization.items.move(name, options.to, { dryRun: options.dryRun }));
}

async function printItem(
  context: CommandContext,
  item: SyncItem,
  compared?: SelectionComparison,
): Promise<void> {
  if (context.options.json) await printJson({ item: itemJson(item), ...(compared && { compared }) });
  else {
    await printFacts([...itemFacts(item), ...(compared === undefined ? [] : comparisonFacts(compared))]);
  }
  if (context.options.dryRun) context.note('Nothing was saved, because of --dry-run.');
}
