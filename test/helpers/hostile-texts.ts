/** Texts that a directory may hold and that do harm where somebody takes them for more than data. */
export const hostileTexts = [
  '\u001b[31mred\u001b[0m',
  '\u001b]0;title\u0007\u009b2J',
  'carriage\rreturn\nand line\ttab',
  'nul\0byte',
  '\u202egpj.evil',
  '\u2066isolated\u2069\u200bzero\ufeffwidth',
  'star*(paren)\\back',
  '=HYPERLINK("http://evil.test";"click")',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  `o'neil"; DROP TABLE users; --`,
  '"quoted", comma; semicolon',
  '__proto__',
  'constructor',
  '<script>alert(1)</script> {{7*7}} <$pin$> %s%n',
  '../../etc/passwd',
  '\u{1f4a3} 山田 e\u0301',
  `long-${'x'.repeat(10_000)}`,
] as const;

/** What must never reach a terminal: control characters but for the end of a line, and marks of direction. */
export const harmfulCharacters =
  /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
