import type { ReactNode } from 'react';
import type { Preferences } from '../../core/preferences/preferences.ts';
import { useStore } from '../store.ts';
import { type Theme, ThemeProvider } from '../theme/theme.ts';
import type { PreferencesStore } from './preferences-store.ts';

export interface PreferredThemeProps {
  readonly preferences: PreferencesStore;
  themeOf(preferences: Preferences): Theme;
  readonly children: ReactNode;
}

/** Draws what is inside in the preferred colours, and in others as soon as they are preferred. */
export function PreferredTheme({ preferences, themeOf, children }: PreferredThemeProps) {
  return <ThemeProvider value={themeOf(useStore(preferences))}>{children}</ThemeProvider>;
}
