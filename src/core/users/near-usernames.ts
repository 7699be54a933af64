import type { Store } from '../store/store.ts';
import { usernameKey } from './user.ts';

/** Names that are offered, at most. */
const offeredNames = 3;
/** Longer names are not looked for: each letter costs some eighty look-ups in the index. */
const longestName = 100;
const letters = 'abcdefghijklmnopqrstuvwxyz0123456789.-_@';

/**
 * The users whom somebody may have meant, the likeliest first: those of the same name in another domain, or in any
 * when none was given, and those whose name is one slip of the fingers away. Every possible name is looked up in the
 * index, so that a hundred thousand users take as long as ten.
 */
export function nearUsernames(store: Store, username: string): string[] {
  const key = usernameKey(username.trim());
  if (key === '' || key.length > longestName) return [];
  const [name = ''] = key.replace(/^[^@]*\\/, '').split('@');
  if (key.includes('@')) return usersOf(store, slips(key), [name]);
  const ofThatName = usersOf(store, [name], [name]);
  return ofThatName.length > 0 ? ofThatName : usersOf(store, slips(name), slips(name));
}

/** Users with one of these names, then those with one of the others in any domain. */
function usersOf(store: Store, whole: readonly string[], withoutDomain: readonly string[]): string[] {
  return store
    .prepare<{ username: string }>(
      `SELECT username FROM (
         SELECT username, wanted.key AS rank FROM json_each(?) AS wanted
         CROSS JOIN users ON username_key = wanted.value
         UNION ALL
         SELECT username, 10000 + wanted.key FROM json_each(?) AS wanted
         CROSS JOIN users ON username_key >= wanted.value || '@' AND username_key < wanted.value || 'A'
       ) GROUP BY username ORDER BY min(rank), username LIMIT ?`,
    )
    .all(JSON.stringify(whole), JSON.stringify(withoutDomain), offeredNames)
    .map((row) => row.username);
}

/** What a word may have been before two letters were swapped, or one was added, left out or replaced. */
function slips(word: string): string[] {
  const swapped: string[] = [];
  const added: string[] = [];
  const leftOut: string[] = [];
  const replaced: string[] = [];
  for (let position = 0; position <= word.length; position += 1) {
    const before = word.slice(0, position);
    const [first = '', second = ''] = word.slice(position);
    const after = word.slice(position + 1);
    if (second !== '') swapped.push(before + second + first + word.slice(position + 2));
    if (first !== '') added.push(before + after);
    for (const letter of letters) {
      leftOut.push(before + letter + first + after);
      if (first !== '') replaced.push(before + letter + after);
    }
  }
  return [...swapped, ...added, ...leftOut, ...replaced];
}
