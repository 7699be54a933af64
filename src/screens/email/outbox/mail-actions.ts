import type { ScreenContext } from '../../shell/screen.ts';
import { confirmed, type Dialog } from '../../widgets/dialog/state.ts';
import { cancelling, changeMails, type MailChange, resending, retrying } from './change-mails.ts';
import type { MailActionId } from './keys.ts';
import { cancelQuestion, type MailSubject, resendQuestion, retryQuestion } from './questions.ts';

/**
 * What the actions do: they ask where it must be asked, change the mails, and have them read again.
 * @param target ids of those that an action is for
 */
export function mailActions(
  context: ScreenContext,
  target: () => readonly number[],
  reread: () => Promise<void>,
): Record<MailActionId, () => Promise<void>> {
  const { core, overlays } = context;
  const changing = (change: MailChange, question: (subject: MailSubject) => Dialog | null) => async () => {
    const ids = target();
    const [only] = ids;
    if (only === undefined) return;
    const asked = question(ids.length === 1 ? { mail: core.outbox.find(only) } : { count: ids.length });
    if (asked !== null && (await overlays.ask(asked)) !== confirmed) return;
    await changeMails(context, ids, change);
    context.dataWasRead();
    await reread();
  };
  return {
    retry: changing(retrying(context), retryQuestion),
    resend: changing(resending(context), resendQuestion),
    cancel: changing(cancelling(context), cancelQuestion),
  };
}
