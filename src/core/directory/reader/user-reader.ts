import type { Directory } from '../directory.ts';

/** The users of a directory alone, listed once, for who reads many of them. */
export type UserReader = Pick<Directory, 'users' | 'close'>;
