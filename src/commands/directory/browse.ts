import { countText } from '../../core/count-text.ts';
import { accountText } from '../../core/directory/account-text.ts';
import type { Directory } from '../../core/directory/directory.ts';
import type { CommandContext } from '../context.ts';
import { printJson, printTable } from '../output.ts';

export async function listContainers(
  context: CommandContext,
  _options: unknown,
  parentDn?: string,
): Promise<undefined> {
  await withDirectory(context, async (directory) => {
    const containers = await directory.containers(parentDn, { signal: context.signal });
    if (context.options.json) {
      await printJson({ containers });
      return;
    }
    if (containers.length === 0) context.note(`There is no container below ${parentDn ?? directory.baseDn}.`);
    await printTable(containers, [
      { title: 'Name', value: ({ name, hasChildren }) => (hasChildren ? `+ ${name}` : `  ${name}`) },
      { title: 'Users', value: ({ users }) => users, align: 'right' },
      { title: 'Distinguished name', value: ({ dn }) => dn },
    ]);
  });
}

export async function searchUsers(
  context: CommandContext,
  options: { limit: number },
  text = '',
): Promise<undefined> {
  await withDirectory(context, async (directory) => {
    const { users, hasMore, total } = await directory.search(text, options.limit, { signal: context.signal });
    if (context.options.json) {
      await printJson({ users, hasMore, ...(total === undefined ? {} : { total }) });
      return;
    }
    await printTable(users, [
      { title: 'Username', value: ({ username }) => username },
      { title: 'Name', value: ({ firstName, lastName }) => [firstName, lastName].filter(Boolean).join(' ') },
      { title: 'E-mail', value: ({ email }) => email, isExtra: true },
      { title: 'Mobile', value: ({ phones }) => phones.mobile ?? null, isExtra: true },
      { title: 'Account', value: (person) => accountText(person) },
      { title: 'Distinguished name', value: ({ dn }) => dn },
    ]);
    if (users.length === 0) context.note('Nobody was found.');
    if (!hasMore) return;
    const more = total === undefined ? 'More' : countText(total - users.length);
    context.note(`${more} more were found; narrow the search or raise --limit.`);
  });
}

export async function listGroups(
  context: CommandContext,
  _options: unknown,
  text?: string,
): Promise<undefined> {
  await withDirectory(context, async (directory) => {
    const groups = await directory.groups(text, { signal: context.signal });
    if (context.options.json) {
      await printJson({ groups });
      return;
    }
    if (groups.length === 0) context.note('No group was found.');
    await printTable(groups, [
      { title: 'Name', value: ({ name }) => name },
      { title: 'Description', value: ({ description }) => description, isExtra: true },
      { title: 'Distinguished name', value: ({ dn }) => dn },
    ]);
  });
}

async function withDirectory(
  context: CommandContext,
  work: (directory: Directory) => Promise<void>,
): Promise<void> {
  const core = await context.core();
  const directory = await core.openDirectory(context.signal);
  try {
    await work(directory);
  } finally {
    await directory.close();
  }
}
