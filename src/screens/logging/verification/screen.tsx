import { parseChainPoint } from '../../../core/audit/chain-point.ts';
import { verifyAuditInParts } from '../../../core/audit/verify-audit.ts';
import { isMfaError } from '../../../core/errors.ts';
import { bindCommands } from '../../commands/command.ts';
import type { Screen, ScreenContext } from '../../shell/screen.ts';
import { combineStores, createReducerStore } from '../../store.ts';
import { createFactsScroll } from '../../widgets/facts/facts.ts';
import { FactsView } from '../../widgets/facts/facts-view.tsx';
import type { FormDialogOptions } from '../../widgets/form-dialog/form-dialog.ts';
import { ProgressBar } from '../../widgets/progress/progress-bar.tsx';
import { verificationCommands } from './keys.ts';
import { initialVerification, reduceVerification, verificationFacts } from './state.ts';

/** Checks that no audit event was changed, inserted or removed. */
export function openVerification(context: ScreenContext): Screen {
  const { core, overlays } = context;
  const store = createReducerStore(reduceVerification, initialVerification(performance.now()));
  const scroll = createFactsScroll();
  let abort = new AbortController();

  async function verify(head: string | null): Promise<void> {
    abort.abort();
    abort = new AbortController();
    const { signal } = abort;
    store.dispatch({ type: 'begin', nowMs: performance.now(), expected: head });
    scroll.dispatch({ type: 'top' });
    try {
      const result = await verifyAuditInParts(core.store, core.audit.key, {
        expected: head === null ? undefined : parseChainPoint(head),
        signal,
        onProgress(done, total) {
          if (!signal.aborted) store.dispatch({ type: 'progress', nowMs: performance.now(), done, total });
        },
      });
      if (!signal.aborted) store.dispatch({ type: 'end', result });
    } catch (error) {
      if (!isMfaError(error, 'run.cancelled'))
        await context.reportError('The audit log cannot be verified', error);
    }
  }

  async function compare(): Promise<void> {
    const values = await overlays.fill(headForm);
    if (values !== null) await verify(String(values.head).trim());
  }

  const own = bindCommands(verificationCommands, store.get, (id) => {
    void (id === 'verification.compare' ? compare() : verify(store.get().expected));
  });
  void verify(null);
  return {
    title: () => 'Verification',
    wantsWidth: true,
    layer: { name: 'verification', commands: [...own, ...scroll.commands] },
    state: combineStores(store, scroll),
    draw(width, height) {
      const state = store.get();
      if (state.result === null) return <ProgressBar state={state.progress} width={width} />;
      return <FactsView facts={verificationFacts(state)} scroll={scroll} width={width} height={height} />;
    },
    close: () => abort.abort(),
  };
}

const headForm: FormDialogOptions = {
  title: 'Compare with a head',
  text: 'As "audit verify" or this screen showed it: the number of the event, a colon, the hash.',
  fields: [
    {
      kind: 'text',
      id: 'head',
      label: 'Head',
      isRequired: true,
      isWide: true,
      check(value) {
        try {
          parseChainPoint(String(value));
          return null;
        } catch (error) {
          return isMfaError(error)
            ? 'Give the number of the event, a colon, and the 64 digits of the hash.'
            : null;
        }
      },
    },
  ],
  values: { head: '' },
  label: 'Compare',
  isLookup: true,
};
