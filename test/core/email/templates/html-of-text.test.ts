import { describe, expect, test } from 'vitest';
import { htmlOfText } from '../../../../src/core/email/templates/html-of-text.ts';

const body = (text: string) => /<body>\n([\s\S]*)<\/body>/.exec(htmlOfText(text, 'de'))?.[1];

describe('the HTML of a plain text', () => {
  test.each<[string, string, string]>([
    ['has a paragraph for what stands between empty lines', 'a\n\n \nb', '<p>a</p>\n<p>b</p>\n'],
    ['keeps the ends of lines', 'a\nb', '<p>a<br>\nb</p>\n'],
    ['has numbered lists', '1. a\n2. b', '<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n'],
    ['has lists', '- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n'],
    ['escapes what is written', 'a < b & c > d', '<p>a &lt; b &amp; c &gt; d</p>\n'],
    [
      'leaves variables and tags as they are',
      '<$ phone | slice: -4, 4 $>{% if pin > 1 %}x{% endif %}',
      '<p><$ phone | slice: -4, 4 $>{% if pin > 1 %}x{% endif %}</p>\n',
    ],
    [
      'has tags around a paragraph around it',
      '{% if a %}one\n\n{% endif %}{% unless a %}two\n\n{% endunless %}three',
      '{% if a %}<p>one</p>\n{% endif %}{% unless a %}<p>two</p>\n{% endunless %}<p>three</p>\n',
    ],
    ['closes a paragraph inside its tags', '{% if a %}one{% endif %}', '{% if a %}<p>one</p>\n{% endif %}'],
    [
      'does not take a tag apart at an empty line in it',
      '{% if\n\na %}one{% endif %}',
      '{% if\n\na %}<p>one</p>\n{% endif %}',
    ],
  ])('%s', (_, text, html) => expect(body(text)).toBe(html));

  test('names its language', () => expect(htmlOfText('a', 'ja')).toContain('<html lang="ja">'));
});
