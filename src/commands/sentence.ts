import { plainText } from '../core/plain-text.ts';

/** The words of an error on one line; some quote what a server or a library said over several. */
export function sentenceOf(words: string): string {
  return plainText(words.trim().replace(/\s*\n\s*/g, ' '));
}
