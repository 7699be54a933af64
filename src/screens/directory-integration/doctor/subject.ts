import type { DirectorySettings } from '../../../core/directory/directory-settings.ts';

/** What is tested, in a line. */
export function subjectOf(settings: DirectorySettings): string {
  if (settings.type === 'sample') return 'The built-in sample directory';
  return `${serversOf(settings)}${settings.bindUser === null ? '' : ` as ${settings.bindUser}`}`;
}

/** Whom is asked, in words. */
export function serversOf({ urls, discovery }: DirectorySettings): string {
  const found = discovery === null ? [] : [`the servers of ${discovery.domain}`];
  return [...urls, ...found].join(', ');
}
