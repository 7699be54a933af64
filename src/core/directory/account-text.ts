import type { DirectoryUser } from './directory.ts';

/** What the directory says of an account, for people. */
export function accountText({ isAccountEnabled }: Pick<DirectoryUser, 'isAccountEnabled'>): string {
  if (isAccountEnabled === null) return 'not told';
  return isAccountEnabled ? 'enabled' : 'disabled';
}
