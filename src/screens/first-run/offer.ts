import type { Core } from '../../core/core.ts';
import { countAll } from '../../core/users/count-users.ts';
import type { ScreenContext } from '../shell/screen.ts';

/** Nothing was ever configured, and nobody is known. */
export function isFirstRun({ directoryConnection, store }: Core): boolean {
  return !directoryConnection.load().isConfigured && countAll(store) === 0;
}

/** Opens the first steps over the present screen where there is nothing yet. */
export function offerFirstSteps(context: ScreenContext): void {
  if (context.isReadOnly || !isFirstRun(context.core)) return;
  context.open(import('./screen.tsx').then(({ openFirstRun }) => openFirstRun(context)));
}
