import { describe, expect, test } from 'vitest';
import { htmlOfText } from '../../../src/core/email/templates/html-of-text.ts';
import { htmlText } from '../../../src/screens/email/mail-body/html-text.ts';

describe('HTML as text', () => {
  test.each<[string, string, string]>([
    ['has its paragraphs', '<p>a\n b</p><p>c</p>', 'a b\n\nc'],
    ['has its lines', 'a<br>b<div>c</div>', 'a\nb\nc'],
    ['numbers its lists', '<p>x</p><ol><li>a</li><li>b</li></ol><ul><li>c</ul>', 'x\n\n1. a\n2. b\n\n- c'],
    ['indents lists in lists', '<ul><li>a<ul><li>b</li></ul></li></ul>', '- a\n  - b'],
    [
      'says where links lead',
      '<a href="https://x.test/?a=1&amp;b=2">here</a>',
      '[https://x.test/?a=1&b=2] here',
    ],
    ['reads entities', '&lt;b&gt; &amp; &#228;&#x5c71; &nbsp;&unknown;', '<b> & ä山  &unknown;'],
    ['leaves out what nobody reads', '<head><title>t</title></head><style>p{}</style><!-- c -->a', 'a'],
    ['takes what is no HTML as it is', 'a < b and no end', 'a < b and no end'],
  ])('%s', (_, html, text) => expect(htmlText(html)).toBe(text));

  test('gives back the plain text that HTML was made from', () => {
    const text = 'Hello Amara,\n\n1. one\n2. two\n\nAsk & tell <us>.\nNow.';
    expect(htmlText(htmlOfText(text, 'en'))).toBe(text);
  });
});
