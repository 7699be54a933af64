import { countText } from '../../../core/count-text.ts';
import { inventedName } from '../../../core/email/templates/preview-template.ts';
import { isMfaError } from '../../../core/errors.ts';
import { fullName, type User } from '../../../core/users/user.ts';
import type { UserPage } from '../../../core/users/user-list.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import type { FormValues, Option } from '../../widgets/form/field.ts';

const nobody: UserPage = { users: [], total: 0, isTotalExact: true };
const mostOffered = 50;
const invented = { id: '', label: `${inventedName} (invented)` };

/**
 * Lets a user be searched for whom mails are shown.
 * @returns null for the invented person; undefined when it was cancelled
 */
export async function chooseUser({ core, overlays }: ScreenContext): Promise<User | null | undefined> {
  let last = { search: '', page: nobody };
  const find = (values: FormValues): UserPage => {
    const search = String(values.search ?? '').trim();
    if (search !== last.search) last = { search, page: search === '' ? nobody : searchUsers(core, search) };
    return last.page;
  };
  const optionsOf = (values: FormValues): readonly Option[] => {
    const { users } = find(values);
    return users.length === 0 ? [invented] : users.map(optionOf);
  };
  const values = await overlays.fill({
    title: 'Show mails for',
    text: 'Any part of a username, name or address. Left empty, mails are shown for an invented person.',
    fields: [
      {
        kind: 'text',
        id: 'search',
        label: 'Search',
        check: (_, now) => (find(now).users.length === 0 ? 'Nobody is found.' : null),
      },
      {
        kind: 'choice',
        id: 'user',
        label: 'User',
        options: optionsOf,
        help: (now) => foundText(find(now)),
      },
    ],
    values: { search: '', user: '' },
    label: 'Show',
  });
  if (values === null) return undefined;
  const { users } = find(values);
  return users[Number(values.user)] ?? users[0] ?? null;
}

function searchUsers(core: ScreenContext['core'], filter: string): UserPage {
  try {
    return core.users.list({ filter, limit: mostOffered });
  } catch (error) {
    // A facet that is not complete yet.
    if (isMfaError(error, 'filter.invalid')) return nobody;
    throw error;
  }
}

/** Its id is its place among those found, so that there is always one while the search changes; the first is chosen. */
function optionOf(user: User, index: number): Option {
  const name = fullName(user);
  return {
    id: index === 0 ? '' : String(index),
    label: name === '' ? user.username : `${user.username} (${name})`,
  };
}

function foundText({ users, total }: UserPage): string {
  if (total === 0) return '';
  const all = users.length < total ? `, the first ${users.length} of them can be chosen` : '';
  return `${countText(total)} found${all}. Left and Right choose.`;
}
