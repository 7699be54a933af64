import { changing } from '../shell/screen.ts';
import { isRunning, type RunState } from './state.ts';

/** What decides which commands of a run that is executed here can be used. */
export interface RunCommandState extends RunState {
  readonly isReadOnly: boolean;
  /** Somebody is under the cursor. */
  readonly hasLine: boolean;
}

/** True, or why it cannot be done now. */
export type RunCheck = (state: RunCommandState) => true | string;

/** Something that can be done once nothing runs any more. */
export function afterwards(check: RunCheck): RunCheck {
  return (state) => (isRunning(state) ? 'It is not finished yet. Esc stops it.' : check(state));
}

/** As {@link afterwards}, for what writes. */
export function change(check: RunCheck): RunCheck {
  return afterwards((state) => {
    const may = changing(state);
    return may === true ? check(state) : may;
  });
}
