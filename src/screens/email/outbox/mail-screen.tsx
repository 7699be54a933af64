import type { OutboxMail } from '../../../core/email/outbox/outbox-mail.ts';
import { bindCommands } from '../../commands/command.ts';
import type { Screen, ScreenContext } from '../../shell/screen.ts';
import { combineStores, createStore } from '../../store.ts';
import { createFactsScroll } from '../../widgets/facts/facts.ts';
import { FactsView } from '../../widgets/facts/facts-view.tsx';
import { goToNeighbour } from '../../widgets/table/neighbour.ts';
import type { Table } from '../../widgets/table/table.ts';
import { type BodyView, nextView } from '../mail-body/mail-body.ts';
import { type MailCommandId, mailCommands } from './keys.ts';
import { mailFacts } from './mail-facts.ts';

/** One mail with all that is known of it; goes to its neighbours in the list. */
export function openMail(context: ScreenContext, table: Table<OutboxMail>, { id }: OutboxMail): Screen {
  const { core, status } = context;
  const mail = createStore(core.outbox.find(id));
  const view = createStore<BodyView>('text');
  const scroll = createFactsScroll();
  let going: Promise<unknown> = Promise.resolve();

  async function go(by: 1 | -1): Promise<void> {
    const next = await goToNeighbour(table, by);
    if (next === undefined) {
      status.say(by === 1 ? 'This is the oldest mail.' : 'This is the newest mail.', 'warning');
      return;
    }
    mail.set(core.outbox.find(next.id));
    scroll.dispatch({ type: 'top' });
  }

  const later = (by: 1 | -1) => {
    going = going.then(() => go(by)).catch((error) => context.reportError('Outbox', error));
  };
  const actions: Record<MailCommandId, () => void> = {
    'mail.older': () => later(1),
    'mail.newer': () => later(-1),
    'mail.view': () => view.set(nextView(view.get())),
  };
  const own = bindCommands(mailCommands, mail.get, (command) => actions[command]());
  return {
    title: () => `Mail ${mail.get().id}`,
    wantsWidth: true,
    layer: { name: 'mail', commands: [...own, ...scroll.commands] },
    state: combineStores(mail, view, scroll),
    draw: (width, height) => (
      <FactsView facts={mailFacts(mail.get(), view.get())} scroll={scroll} width={width} height={height} />
    ),
    refresh: () => mail.set(core.outbox.find(mail.get().id)),
  };
}
