import type { UserFields } from './user.ts';

/**
 * The text that a user is found by: every word of username, name, e-mail and phones, folded, once, each after
 * two spaces. The spaces make the start of a word a trigram of its own, so that an index of trigrams answers
 * queries of one or two letters (as word starts) as fast as longer ones (anywhere in a word).
 */
export function searchText(
  user: Pick<UserFields, 'username' | 'firstName' | 'lastName' | 'email' | 'phone' | 'backupPhone'>,
): string {
  const parts = [user.username, user.firstName, user.lastName, user.email, user.phone, user.backupPhone];
  const words: string[] = [];
  for (const part of parts) {
    if (part === null) continue;
    for (const word of wordsOf(part)) if (!words.includes(word)) words.push(word);
  }
  return words.map((word) => `  ${word}`).join('');
}

/** The folded words of a text. Control characters end a word, too: the index would end at a NUL. */
export function wordsOf(text: string): string[] {
  const folded = foldText(text);
  if (oneWord.test(folded)) return [folded];
  return folded.split(wordBreak).filter((word) => word !== '');
}

const oneWord = /^[\x21-\x7e]+$/;

const wordBreak = /[\s\p{Cc}]+/u;
const asciiOnly = /^[\x20-\x7e]*$/;

/** Lower case without accents, so that `muller` finds `Müller`. */
export function foldText(text: string): string {
  if (asciiOnly.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
