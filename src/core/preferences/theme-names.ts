/** Themes as the command line and the preferences name them. */
export const themeNames = ['standard', 'high-contrast', 'none'] as const;
