import { hash } from 'node:crypto';
import type { DirectoryUser } from './directory.ts';

/** A digest of all that the directory says of a person: where it is the same, nothing has changed. */
export function personDigest(person: DirectoryUser): string {
  return person.digest ?? hash('sha256', JSON.stringify(person), 'base64');
}
