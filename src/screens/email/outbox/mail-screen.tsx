import type { OutboxMail } from '../../../core/email/outbox/outbox-mail.ts';
import { bindCommands } from '../../commands/command.ts';
import type { Screen, ScreenContext } from '../../shell/screen.ts';
import { combineStores, createStore } from '../../store.ts';
import { createFactsScroll } from '../../widgets/facts/facts.ts';
import { FactsView } from '../../widgets/facts/facts-view.tsx';
import { goToNeighbour } from '../../widgets/table/neighbour.ts';
import type { Table } from '../../widgets/table/table.ts';
import { type BodyView, nextView } from '../mail-body/mail-body.ts';
import { type MailCommandId, type MailCommandState, mailCommands } from './keys.ts';
import { mailActions } from './mail-actions.ts';
import { mailFacts } from './mail-facts.ts';

/**
 * One mail with all that is known of it and what can be done to it; goes to its neighbours in the list.
 * @param rereadList reads the list below again
 */
export function openMail(
  context: ScreenContext,
  table: Table<OutboxMail>,
  { id }: OutboxMail,
  rereadList: () => Promise<void>,
): Screen {
  const { core, status } = context;
  const mail = createStore(core.outbox.find(id));
  const view = createStore<BodyView>('text');
  const scroll = createFactsScroll();
  let going: Promise<unknown> = Promise.resolve();

  async function go(by: 1 | -1): Promise<void> {
    const here = table.current();
    // A mail that no longer passes the filter has left its place to the one before it.
    const isGone = here !== undefined && here.id < mail.get().id;
    const next = by === 1 && isGone ? here : await goToNeighbour(table, by);
    if (next === undefined) {
      status.say(by === 1 ? 'This is the oldest mail.' : 'This is the newest mail.', 'warning');
      return;
    }
    mail.set(core.outbox.find(next.id));
    scroll.dispatch({ type: 'top' });
  }

  const refresh = () => mail.set(core.outbox.find(mail.get().id));
  const { retry, resend, cancel } = mailActions(
    context,
    () => [mail.get().id],
    async () => {
      refresh();
      await rereadList();
    },
  );
  const actions: Record<MailCommandId, () => Promise<void> | void> = {
    'mail.older': () => go(1),
    'mail.newer': () => go(-1),
    'mail.view': () => view.set(nextView(view.get())),
    'mail.retry': retry,
    'mail.resend': resend,
    'mail.cancel': cancel,
  };
  const own = bindCommands(
    mailCommands,
    (): MailCommandState => ({ isReadOnly: context.isReadOnly, mail: mail.get() }),
    (command) => {
      going = going.then(actions[command]).catch((error) => context.reportError('Outbox', error));
    },
  );
  return {
    title: () => `Mail ${mail.get().id}`,
    wantsWidth: true,
    layer: { name: 'mail', commands: [...own, ...scroll.commands] },
    state: combineStores(mail, view, scroll),
    draw: (width, height) => (
      <FactsView facts={mailFacts(mail.get(), view.get())} scroll={scroll} width={width} height={height} />
    ),
    refresh,
  };
}
