import { type DirectoryFilters, defaultFilters } from '../default-filters.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { parseFilter } from './filter-text.ts';

/**
 * The filters that count: the administrator's, else the defaults of the directory's type.
 * @throws {MfaError} `directory.filterInvalid`
 */
export function filtersOf(settings: DirectorySettings): DirectoryFilters {
  const defaults = defaultFilters[settings.type];
  const filters = {
    container: settings.filters.container || defaults.container,
    group: settings.filters.group || defaults.group,
    user: settings.filters.user || defaults.user,
  };
  for (const filter of Object.values(filters)) parseFilter(filter);
  return filters;
}
