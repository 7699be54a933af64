import type { FilterCounts } from '../default-filters.ts';
import type { Container, Directory } from '../directory.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { openSampleDirectory } from './sample-directory.ts';

/** How many entries of the sample directory each of the filters finds. */
export async function countSampleByFilter(settings: DirectorySettings): Promise<FilterCounts> {
  const directory = openSampleDirectory(settings);
  const groups = await directory.groups();
  const { total = 0 } = await directory.search('', 0);
  return { container: await countBelow(directory), group: groups.length, user: total };
}

async function countBelow(directory: Directory, dn?: string): Promise<number> {
  const containers: Container[] = await directory.containers(dn);
  let count = containers.length;
  for (const container of containers) count += await countBelow(directory, container.dn);
  return count;
}
