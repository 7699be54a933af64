import type { DirectoryPage, ListingOptions, Selection } from '../directory.ts';

/** The users of a directory alone, listed once, for who reads many of them. */
export interface UserReader {
  users(selection: Selection, options?: ListingOptions): AsyncIterable<DirectoryPage>;
  close(): Promise<void>;
}
