import type { DirectoryPage } from '../directory/directory.ts';

const smallestBatch = 1000;
const largestBatch = 8000;

/**
 * Joins the pages of a listing to batches. They grow with what was read, from 1,000 to 8,000 entries: a short
 * import tells soon what it does, and a long one does not write the same pages of an index a hundred times.
 */
export async function* inBatches(pages: AsyncIterable<DirectoryPage>): AsyncGenerator<DirectoryPage[]> {
  let read = 0;
  let batch: DirectoryPage[] = [];
  let size = 0;
  for await (const page of pages) {
    batch.push(page);
    size += sizeOf(page);
    if (size < Math.min(largestBatch, Math.max(smallestBatch, read / 4))) continue;
    read += size;
    yield batch;
    batch = [];
    size = 0;
  }
  if (size > 0) yield batch;
}

/**
 * Takes the pages of a batch and joins them to parts of 1,000 entries or more: what is made of one part is gone before
 * the next one is opened.
 */
export function* inParts(batch: DirectoryPage[]): Generator<DirectoryPage> {
  let part: DirectoryPage[] = [];
  let size = 0;
  for (let page = batch.shift(); page !== undefined; page = batch.shift()) {
    part.push(page);
    size += sizeOf(page);
    if (size < smallestBatch) continue;
    yield joined(part);
    part = [];
    size = 0;
  }
  if (size > 0) yield joined(part);
}

export function joined(pages: readonly DirectoryPage[]): DirectoryPage {
  const [only] = pages;
  if (pages.length === 1 && only !== undefined) return only;
  return {
    users: pages.flatMap(({ users }) => users),
    unusable: pages.flatMap(({ unusable }) => unusable),
  };
}

function sizeOf(page: DirectoryPage): number {
  return page.size ?? page.users.length + page.unusable.length;
}
