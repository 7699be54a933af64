import { setImmediate } from 'node:timers/promises';
import { countOf, countText } from '../../../core/count-text.ts';
import type { MailResult } from '../../../core/email/outbox/outbox.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { errorDialog } from '../../widgets/dialog/state.ts';

/** What is done to mails. */
export interface MailChange {
  /** As a title: "Cancel mails". */
  readonly title: string;
  /** What becomes of them: "cancelled". */
  readonly done: string;
  change(ids: readonly number[]): Promise<readonly MailResult[]>;
}

/** Mails that are changed between two looks at the keyboard. */
const batchSize = 200;

export const retrying = ({ core }: ScreenContext): MailChange => ({
  title: 'Try again',
  done: 'tried again',
  change: (ids) => core.outbox.retry(ids),
});

export const cancelling = ({ core }: ScreenContext): MailChange => ({
  title: 'Cancel mails',
  done: 'cancelled',
  change: (ids) => core.outbox.cancel(ids),
});

export const resending = ({ core }: ScreenContext): MailChange => ({
  title: 'Send once more',
  done: 'sent once more',
  change: (ids) => core.outbox.resend(ids),
});

/** Changes mails batch by batch, with a bar where it takes longer, and says what became of them. */
export async function changeMails(
  context: ScreenContext,
  ids: readonly number[],
  { title, done, change }: MailChange,
): Promise<void> {
  const failures: string[] = [];
  let changed = 0;
  const tried = await context.work(title, async (quitSignal) => {
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, quitSignal]);
    const isLong = ids.length > batchSize;
    const progress = isLong ? context.overlays.progress(title, ids.length, () => stop.abort()) : null;
    try {
      for (let start = 0; start < ids.length; start += batchSize) {
        if (signal.aborted) return start;
        const results = await change(ids.slice(start, start + batchSize));
        changed += results.filter(({ error }) => error === undefined).length;
        failures.push(...results.flatMap(({ error }) => (error === undefined ? [] : [error.sentence])));
        progress?.advance(Math.min(start + batchSize, ids.length), '');
        // Keys and frames must get in between.
        await setImmediate();
      }
      return ids.length;
    } finally {
      progress?.close();
    }
  });
  if (tried === undefined) return;
  const text = outcomeText({ changed, failed: failures.length, notTried: ids.length - tried }, done);
  const [only] = failures;
  if (only === undefined) {
    context.status.say(text, tried < ids.length ? 'warning' : 'ok');
    return;
  }
  const isOne = ids.length === 1;
  await context.overlays.ask(errorDialog(title, isOne ? only : text, '', isOne ? [] : failures));
}

/** "12 mails are cancelled, 1 failed." */
export function outcomeText(
  { changed, failed, notTried }: { changed: number; failed: number; notTried: number },
  done: string,
): string {
  const rest = [
    ...(failed > 0 ? [`${countText(failed)} could not be`] : []),
    ...(notTried > 0 ? [`${countText(notTried)} are left as they were`] : []),
  ];
  const subject =
    changed === 0 ? 'No mail is' : `${countOf(changed, 'mail')} ${changed === 1 ? 'is' : 'are'}`;
  return `${[`${subject} ${done}`, ...rest].join(', ')}.`;
}
