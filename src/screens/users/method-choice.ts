import {
  isMethod,
  isModeOf,
  type MethodAndMode,
  methodNames,
  methods,
  modeNames,
  modesOf,
} from '../../core/users/method.ts';

interface Option {
  readonly id: string;
  readonly label: string;
}

/** Every method with each of its modes as one choice, because most of the pairs are none. */
export const methodOptions: readonly Option[] = methods.flatMap((method) =>
  modesOf[method].map((mode) => ({
    id: methodChoice(method, mode),
    label: `${methodNames[method]}, ${modeNames[mode]}`,
  })),
);

export const noMethodOption: Option = { id: '', label: 'none' };

export function methodChoice(method: string | null, mode: string | null): string {
  return method === null || mode === null ? '' : `${method} ${mode}`;
}

/** Null for none. */
export function chosenMethod(choice: unknown): MethodAndMode | null {
  const [method = '', mode = ''] = String(choice).split(' ');
  return isMethod(method) && isModeOf(method, mode) ? { method, mode } : null;
}
