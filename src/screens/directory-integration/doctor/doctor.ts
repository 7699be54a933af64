import type { ConnectionCheck } from '../../../core/directory/directory-connection.ts';
import { isMfaError } from '../../../core/errors.ts';
import { createReducerStore, type Store } from '../../store.ts';
import { type DoctorAction, type DoctorState, initialDoctor, reduceDoctor } from './state.ts';

/** Checks of a connection while they are done. */
export interface Doctor extends Pick<Store<DoctorState>, 'get' | 'subscribe'> {
  /** Does all checks, from the first one on; those that are still being done are given up. */
  run(): Promise<void>;
  stop(): void;
  move(by: number): void;
}

/** @param onFailure called when the checks themselves broke, which no server should bring about */
export function createDoctor(
  checks: (signal: AbortSignal) => AsyncIterable<ConnectionCheck>,
  onFailure: (error: unknown) => void,
): Doctor {
  const store = createReducerStore<DoctorState, DoctorAction>(reduceDoctor, initialDoctor);
  let abort = new AbortController();

  async function run(): Promise<void> {
    abort.abort();
    abort = new AbortController();
    const { signal } = abort;
    // What an earlier run still says is not listened to any more.
    const dispatch = (action: DoctorAction) => {
      if (signal === abort.signal) store.dispatch(action);
    };
    dispatch({ type: 'begin' });
    try {
      for await (const check of checks(signal)) {
        if (signal.aborted) break;
        dispatch({ type: 'check', check });
      }
      dispatch({ type: 'end', phase: signal.aborted ? 'stopped' : 'done' });
    } catch (error) {
      dispatch({ type: 'end', phase: 'stopped' });
      if (!signal.aborted && !isMfaError(error, 'run.cancelled')) onFailure(error);
    }
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    run,
    stop: () => abort.abort(),
    move: (by) => store.dispatch({ type: 'move', by }),
  };
}
