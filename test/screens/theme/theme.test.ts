import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../../src/screens/terminal/display-text.ts';
import { asciiGlyphs, lineGlyphs } from '../../../src/screens/theme/glyphs.ts';
import { selectTheme } from '../../../src/screens/theme/theme.ts';

/** Lines and blocks of code page 437, the ellipsis, and ASCII. */
const drawable = /^[\x20-\x7e─│┌┐└┘┬┴█▒…]+$/;

describe('themes', () => {
  test('have no colour where there is none', () => {
    const { styles, name } = selectTheme('highContrast', { colours: 0, needsAscii: false });
    expect(name).toBe('none');
    expect(Object.values(styles).filter(({ colour }) => colour !== undefined)).toEqual([]);
    expect(styles.selection).toEqual({ isInverse: true });
  });

  test.each(['standard', 'highContrast', 'none'] as const)(
    '%s shows the selection without colour',
    (name) => {
      expect(selectTheme(name, { colours: 16, needsAscii: false }).styles.selection.isInverse).toBe(true);
    },
  );

  test('draw only what every font and code page has', () => {
    for (const [name, glyph] of Object.entries(lineGlyphs)) {
      expect(glyph, name).toMatch(drawable);
      expect(asciiGlyphs[name as keyof typeof asciiGlyphs]).toMatch(/^[\x20-\x7e]+$/);
      expect(displayWidth(glyph)).toBe(displayWidth(asciiGlyphs[name as keyof typeof asciiGlyphs]));
    }
  });
});
