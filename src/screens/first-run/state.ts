import type { DirectoryType } from '../../core/directory/directory.ts';

/** Which directory; how to reach it; whether it can be reached. */
export type Step = 'directory' | 'connection' | 'test';

export type Choice = DirectoryType | 'skip';

export const choices: readonly { readonly id: Choice; readonly label: string; readonly text: string }[] = [
  {
    id: 'activeDirectory',
    label: 'Active Directory',
    text: 'Connect to a domain controller and import people.',
  },
  { id: 'ldap', label: 'LDAP', text: 'Connect to OpenLDAP or another server.' },
  {
    id: 'sample',
    label: 'Sample directory',
    text: 'A built-in company of 400 people, to try everything with.',
  },
  { id: 'skip', label: 'Skip', text: 'Decide later, in Directory Integration.' },
];

export interface FirstRunState {
  readonly step: Step;
  /** Index of the choice under the cursor. */
  readonly cursor: number;
  /** Grows when something is shown that is not part of this. */
  readonly revision: number;
}

export type FirstRunAction =
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'choose' }
  | { readonly type: 'next' }
  | { readonly type: 'back' }
  /** To the form of a directory, in which a field has a problem. */
  | { readonly type: 'mend'; readonly choice: DirectoryType }
  | { readonly type: 'changed' };

export const initialFirstRun: FirstRunState = { step: 'directory', cursor: 0, revision: 0 };

export function chosen({ cursor }: Pick<FirstRunState, 'cursor'>): Choice {
  return choices[cursor]?.id ?? 'skip';
}

export function reduceFirstRun(state: FirstRunState, action: FirstRunAction): FirstRunState {
  switch (action.type) {
    case 'move':
      return { ...state, cursor: Math.max(0, Math.min(choices.length - 1, state.cursor + action.by)) };
    case 'choose':
      // The sample directory has nothing to be asked.
      return { ...state, step: chosen(state) === 'sample' ? 'test' : 'connection' };
    case 'next':
      return { ...state, step: 'test' };
    case 'back': {
      const isTest = state.step === 'test' && chosen(state) !== 'sample';
      return { ...state, step: isTest ? 'connection' : 'directory' };
    }
    case 'mend':
      return { ...state, step: 'connection', cursor: choices.findIndex(({ id }) => id === action.choice) };
    case 'changed':
      return { ...state, revision: state.revision + 1 };
  }
}

const steps: readonly Step[] = ['directory', 'connection', 'test'];

const titles: Record<Step, string> = {
  directory: 'Where are your users?',
  connection: 'How is the directory reached?',
  test: 'Does it work?',
};

/** The heading of a step, and which one it is. */
export function stepTitle({ step }: FirstRunState): { readonly title: string; readonly count: string } {
  return { title: titles[step], count: `step ${steps.indexOf(step) + 1} of ${steps.length}` };
}
