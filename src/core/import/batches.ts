import type { DirectoryPage } from '../directory/directory.ts';

/** Joins the pages of a listing to batches of at least `size` people; the last one may be smaller. */
export async function* inBatches(
  pages: AsyncIterable<DirectoryPage>,
  size: number,
): AsyncGenerator<DirectoryPage> {
  let batch: DirectoryPage = { users: [], unusable: [] };
  for await (const page of pages) {
    batch.users.push(...page.users);
    batch.unusable.push(...page.unusable);
    if (batch.users.length + batch.unusable.length < size) continue;
    yield batch;
    batch = { users: [], unusable: [] };
  }
  if (batch.users.length + batch.unusable.length > 0) yield batch;
}
