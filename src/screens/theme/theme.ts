import { createContext, use } from 'react';
import type { TerminalCapabilities } from '../terminal/capabilities.ts';
import { asciiGlyphs, type Glyphs, lineGlyphs, silentGlyphs } from './glyphs.ts';
import type { Style, Token } from './style.ts';

/** `standard`: 16 colours. `highContrast`: no dim text, bright colours. `none`: bold and inverse only. */
export type ThemeName = 'standard' | 'highContrast' | 'none';

export interface Theme {
  readonly name: ThemeName;
  readonly styles: Readonly<Record<Token, Style>>;
  readonly glyphs: Glyphs;
}

const standard: Record<Token, Style> = {
  text: {},
  dim: { colour: 'blackBright' },
  heading: { isBold: true },
  selection: { isInverse: true },
  accent: { colour: 'cyan' },
  ok: { colour: 'green' },
  warning: { colour: 'yellow' },
  error: { colour: 'red', isBold: true },
  border: { colour: 'blackBright' },
  disabled: { colour: 'blackBright' },
};

const highContrast: Record<Token, Style> = {
  text: { colour: 'whiteBright' },
  dim: { colour: 'white' },
  heading: { colour: 'whiteBright', isBold: true },
  selection: { isInverse: true, isBold: true },
  accent: { colour: 'cyanBright', isBold: true },
  ok: { colour: 'greenBright' },
  warning: { colour: 'yellowBright', isBold: true },
  error: { colour: 'redBright', isBold: true },
  border: { colour: 'white' },
  disabled: { colour: 'white' },
};

const none: Record<Token, Style> = {
  text: {},
  dim: {},
  heading: { isBold: true },
  selection: { isInverse: true },
  accent: { isBold: true },
  ok: {},
  warning: { isBold: true },
  error: { isBold: true },
  border: {},
  disabled: {},
};

const stylesByName: Record<ThemeName, Record<Token, Style>> = { standard, highContrast, none };

/** The theme that was asked for, as far as the terminal and NO_COLOR allow it. */
export function selectTheme(
  name: ThemeName,
  capabilities: Pick<TerminalCapabilities, 'colours' | 'needsAscii'>,
  isForScreenReader = false,
): Theme {
  const possible = capabilities.colours === 0 ? 'none' : name;
  return {
    name: possible,
    styles: stylesByName[possible],
    glyphs: isForScreenReader ? silentGlyphs : capabilities.needsAscii ? asciiGlyphs : lineGlyphs,
  };
}

const ThemeContext = createContext<Theme>({ name: 'none', styles: none, glyphs: lineGlyphs });

/** Gives a theme to everything inside. */
export const ThemeProvider = ThemeContext;

export function useTheme(): Theme {
  return use(ThemeContext);
}
