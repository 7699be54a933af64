import { parseFilter } from '../../core/directory/ldap/filter-text.ts';
import { MfaError } from '../../core/errors.ts';
import type { ItemSelection } from '../../core/sync/sync-item.ts';
import { parseSelection, type SelectionOptions } from '../import-options.ts';

type Options = Omit<SelectionOptions, 'user'>;
/** What is to be taken, by the name of its place. */
type Wanted = ReturnType<typeof parseSelection>;

/**
 * Whom an edited item takes. A part of it that is not named stays: a filter narrows the container or group that the item
 * has, and a new place keeps the filter; an empty filter takes it away.
 * @returns a place that is to be looked for in the directory, or a selection whose place is the same; undefined when
 *   nothing of it is named
 * @throws {MfaError} `usage.invalid`, `directory.filterInvalid`
 */
export function editedSelection(
  before: ItemSelection,
  options: Options,
): { place: Wanted } | { selection: ItemSelection } | undefined {
  const { container, group, oneLevel, recursive, filter } = options;
  const kept = before.scope === 'filter' ? undefined : before.userFilter;
  if (container !== undefined || group !== undefined) {
    return { place: parseSelection(withFilter(options, filter ?? kept)) };
  }
  if (oneLevel === undefined && recursive === undefined && filter === undefined) return undefined;
  if (before.scope === 'filter') return { place: parseSelection(options) };
  if (oneLevel && before.scope !== 'container') throw misplaced('--one-level goes with --container.');
  if (recursive && before.scope !== 'group') throw misplaced('--recursive goes with --group.');
  const { userFilter: _, ...place } = before;
  const narrowed = filter ?? kept;
  if (narrowed) parseFilter(narrowed);
  return {
    selection: {
      ...place,
      ...(place.scope === 'container' && oneLevel && { includeSubtree: false }),
      ...(place.scope === 'group' && recursive && { isRecursive: true }),
      ...(narrowed && { userFilter: narrowed }),
    },
  };
}

function withFilter({ filter: _, ...options }: Options, filter: string | undefined): Options {
  return filter ? { ...options, filter } : options;
}

function misplaced(sentence: string): MfaError {
  return new MfaError('usage.invalid', sentence);
}
