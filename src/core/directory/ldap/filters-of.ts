import type { DirectoryFilters } from '../default-filters.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { filtersIn } from '../mapping.ts';
import { parseFilter } from './filter-text.ts';

/**
 * The filters that count, checked.
 * @throws {MfaError} `directory.filterInvalid`
 */
export function filtersOf(settings: DirectorySettings): DirectoryFilters {
  const filters = filtersIn(settings);
  for (const filter of Object.values(filters)) parseFilter(filter);
  return filters;
}
