import type { DirectorySettings } from '../../../core/directory/directory-settings.ts';

/** What is tested, in a line. */
export function subjectOf({ type, urls, bindUser }: DirectorySettings): string {
  if (type === 'sample') return 'The built-in sample directory';
  return `${urls.join(', ')}${bindUser === null ? '' : ` as ${bindUser}`}`;
}
