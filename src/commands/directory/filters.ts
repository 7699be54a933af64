import type { Command } from 'commander';
import { countText } from '../../core/count-text.ts';
import type { DirectorySettings } from '../../core/directory/directory-settings.ts';
import { filterName, filterNames, filtersIn, withFilters } from '../../core/directory/mapping.ts';
import { act, examples } from '../act.ts';
import { parseAssignments } from '../assignments.ts';
import type { CommandContext, CommonOptions } from '../context.ts';
import { printFacts, printJson, write } from '../output.ts';
import { changeMapping } from './change-mapping.ts';

/** Adds the verbs for what containers, security groups and users are. */
export function defineFilters(command: Command): void {
  const filters = command
    .command('filters')
    .description('show and change what counts as a container, a security group and a user');
  filters
    .command('get [name]')
    .description(`show the filters, or one of them: ${filterNames.join(', ')}`)
    .addHelpText('after', examples(['directory filters get user', 'the filter that makes somebody a user']))
    .action(act(getFilters));
  filters
    .command('set <name=filter...>')
    .description('change filters; an empty one goes back to its default')
    .addHelpText(
      'after',
      examples([
        'directory filters set "user=(&(objectClass=user)(employeeType=staff))"',
        'take nobody but the staff',
      ]),
    )
    .action(act(setFilters));
  filters
    .command('reset [name...]')
    .description('go back to the defaults, of all filters or of some')
    .addHelpText('after', examples(['directory filters reset user', 'take every user again']))
    .action(act(resetFilters));
  filters
    .command('try [name=filter...]')
    .description('count what the filters find, saved or not')
    .addHelpText(
      'after',
      examples(['directory filters try "user=(department=Sales)"', 'see how many a filter would find']),
    )
    .action(act(tryFilters));
}

async function getFilters(context: CommandContext, _: CommonOptions, name?: string): Promise<undefined> {
  const { settings } = (await context.core()).directoryConnection.load();
  const filters = filtersIn(settings);
  if (name !== undefined) {
    const known = filterName(name);
    if (context.options.json) await printJson({ filters: { [known]: filters[known] } });
    else await write(`${filters[known]}\n`);
  } else if (context.options.json) {
    await printJson({ filters, changed: Object.keys(settings.filters) });
  } else {
    await printFacts(filterNames.map((one) => [one, filters[one]] as const));
  }
}

async function setFilters(
  context: CommandContext,
  _: CommonOptions,
  ...operands: string[]
): Promise<undefined> {
  await changeMapping(context, 'filters', (settings) => withOperands(settings, operands), filterTexts);
}

async function resetFilters(
  context: CommandContext,
  _: CommonOptions,
  ...names: string[]
): Promise<undefined> {
  const chosen = names.length === 0 ? filterNames : names.map(filterName);
  const none = Object.fromEntries(chosen.map((name) => [name, '']));
  await changeMapping(context, 'filters', (settings) => withFilters(settings, none), filterTexts);
}

async function tryFilters(
  context: CommandContext,
  _: CommonOptions,
  ...operands: string[]
): Promise<undefined> {
  const { directoryConnection } = await context.core();
  const settings = withOperands(directoryConnection.load().settings, operands);
  const found = await directoryConnection.countByFilter(settings, undefined, context.signal);
  if (context.options.json) await printJson({ found, filters: filtersIn(settings) });
  else await printFacts(filterNames.map((name) => [name, `${countText(found[name])} found`]));
}

function withOperands(settings: DirectorySettings, operands: readonly string[]): DirectorySettings {
  const given = parseAssignments(operands, '"user=(objectClass=person)"');
  return withFilters(
    settings,
    Object.fromEntries([...given].map(([name, filter]) => [filterName(name), filter])),
  );
}

function filterTexts(settings: DirectorySettings): Record<string, string> {
  return { ...filtersIn(settings) };
}
