import type { DirectoryPage } from '../directory/directory.ts';

const smallestBatch = 1000;
const largestBatch = 8000;

/**
 * Joins the pages of a listing to batches. They grow with what was read, from 1,000 to 8,000 entries: a short
 * import tells soon what it does, and a long one does not write the same pages of an index a hundred times.
 */
export async function* inBatches(pages: AsyncIterable<DirectoryPage>): AsyncGenerator<DirectoryPage> {
  let read = 0;
  let batch: DirectoryPage = { users: [], unusable: [] };
  for await (const page of pages) {
    batch.users.push(...page.users);
    batch.unusable.push(...page.unusable);
    const size = batch.users.length + batch.unusable.length;
    if (size < Math.min(largestBatch, Math.max(smallestBatch, read / 4))) continue;
    read += size;
    yield batch;
    batch = { users: [], unusable: [] };
  }
  if (batch.users.length + batch.unusable.length > 0) yield batch;
}
