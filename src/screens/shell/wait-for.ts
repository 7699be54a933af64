import { createElement } from 'react';
import { waitingLayer } from '../widgets/waiting/waiting.ts';
import { WaitingView } from '../widgets/waiting/waiting-view.tsx';
import type { ScreenContext } from './screen.ts';

/**
 * Waits for an answer from elsewhere, such as a server's, and lets it be given up with Esc.
 * @returns undefined when it was given up; failures are thrown
 */
export async function waitFor<Answer>(
  { overlays }: Pick<ScreenContext, 'overlays'>,
  title: string,
  text: string,
  task: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer | undefined> {
  const abort = new AbortController();
  const close = overlays.open({
    layer: waitingLayer(() => abort.abort()),
    draw: (width) => createElement(WaitingView, { title, text, width }),
  });
  try {
    return await task(abort.signal);
  } catch (error) {
    if (abort.signal.aborted) return undefined;
    throw error;
  } finally {
    close();
  }
}
