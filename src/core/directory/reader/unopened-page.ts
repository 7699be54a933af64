import { deserialize } from 'node:v8';
import type { DirectoryPage } from '../directory.ts';
import { type PackedPage, unpackPage } from './packed-page.ts';

/** A page as the reader has sent it. It becomes objects when somebody looks into it, and is then kept as these. */
export class UnopenedPage implements DirectoryPage {
  readonly size: number;
  #bytes: Uint8Array | null;
  #page: DirectoryPage = { users: [], unusable: [] };

  constructor(bytes: Uint8Array, size: number) {
    this.#bytes = bytes;
    this.size = size;
  }

  get users(): DirectoryPage['users'] {
    return this.#opened().users;
  }

  get unusable(): DirectoryPage['unusable'] {
    return this.#opened().unusable;
  }

  #opened(): DirectoryPage {
    if (this.#bytes !== null) {
      this.#page = unpackPage(deserialize(this.#bytes) as PackedPage);
      this.#bytes = null;
    }
    return this.#page;
  }
}
