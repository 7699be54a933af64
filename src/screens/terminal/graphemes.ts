/**
 * As `new Intl.Segmenter()`, of which making one costs 11 ms. Texts of which every UTF-16 unit is known to be a
 * grapheme of its own are taken apart here; it is made when the first other text comes. The build puts this in its
 * place in the packages that draw.
 */
export const segmenter = {
  segment(text: string): Iterable<Grapheme> & { containing(index: number): Grapheme | undefined } {
    if (onePerUnit.test(text)) return new Units(text);
    intlSegmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    return intlSegmenter.segment(text);
  },
};

interface Grapheme {
  readonly segment: string;
  readonly index: number;
}

/** ASCII without the carriage return, which is one with a line feed; Latin letters; the ellipsis, lines and blocks. */
const onePerUnit = /^[\x00-\x0c\x0e-\u024f\u2026\u2500-\u2593]*$/;

let intlSegmenter: Intl.Segmenter | undefined;

class Units implements Iterable<Grapheme> {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  *[Symbol.iterator](): Generator<Grapheme> {
    for (let index = 0; index < this.#text.length; index += 1)
      yield { segment: this.#text.charAt(index), index };
  }

  containing(index: number): Grapheme | undefined {
    return index < this.#text.length ? { segment: this.#text.charAt(index), index } : undefined;
  }
}
