import type { Preferences } from '../../core/preferences/preferences.ts';
import type { Sort } from '../widgets/table/row-source.ts';

const rails: Record<Preferences['rail'], boolean | null> = { auto: null, shown: true, hidden: false };

/** Whether the list of sections is wanted; null leaves it to the screen. */
export function railWish({ rail }: Preferences): boolean | null {
  return rails[rail];
}

/** Whether to draw with `+ - |`; undefined leaves it to the terminal. Command line and environment count more. */
export function asciiWish(
  { ascii }: Preferences,
  option: boolean | undefined,
  env: Readonly<Record<string, string | undefined>>,
): boolean | undefined {
  if (option !== undefined) return option;
  if (env.MFA_CONSOLE_ASCII !== undefined || ascii === 'auto') return undefined;
  return ascii === 'yes';
}

/** The order of the list of users. */
export function sortWish({ usersSort }: Preferences): Sort {
  return { column: usersSort.replace(/^-/, ''), isDescending: usersSort.startsWith('-') };
}

/** The section to begin with: the wished one where there is such a section, else the first. */
export function startWish(
  { startSection }: Preferences,
  lastSection: string | null,
  sections: readonly { readonly id: string }[],
): string {
  const wished = startSection === 'last' ? lastSection : startSection;
  return (sections.find(({ id }) => id === wished) ?? sections[0])?.id ?? '';
}
