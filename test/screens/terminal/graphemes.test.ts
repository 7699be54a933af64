import { expect, it } from 'vitest';
import { segmenter } from '../../../src/screens/terminal/graphemes.ts';

const intl = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const everyUnit = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
const texts = {
  nothing: '',
  'a line with styles': '\x1b[1m> asmith\x1b[22m  Ada Smith … ├──┤',
  'every character that stands alone, in a row': everyUnit
    .filter((unit) => /[\x00-\x0c\x0e-\u024f\u2026\u2500-\u2593]/.test(unit))
    .join(''),
  'the same the other way round': everyUnit.slice(0x0e, 0x250).reverse().join(''),
  'carriage return and line feed': 'a\r\nb',
  'a letter and its accent': 'e\u0301 n\u0303',
  'a sign with a variation selector': '\u00a9\ufe0f',
  'a family, a flag and Hangul':
    '\u{1f468}\u200d\u{1f469}\u200d\u{1f467} \u{1f1e9}\u{1f1ea} \u1112\u1161\u11ab',
};

it.each(Object.entries(texts))('takes apart as Intl.Segmenter does: %s', (_, text) => {
  const plain = ({ segment, index }: { segment: string; index: number }) => ({ segment, index });
  expect([...segmenter.segment(text)].map(plain)).toEqual([...intl.segment(text)].map(plain));
  for (let index = 0; index <= text.length; index += 1) {
    expect(segmenter.segment(text).containing(index)?.segment).toBe(
      intl.segment(text).containing(index)?.segment,
    );
  }
});
