import type { OutboxMail } from '../../../core/email/outbox/outbox-mail.ts';
import { bindCommands } from '../../commands/command.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { combineStores, createStore } from '../../store.ts';
import type { Pane } from '../../tabbed/pane.ts';
import { createTable } from '../../widgets/table/table.ts';
import { mailColumns } from './columns.ts';
import { deliverySpans } from './delivery-text.ts';
import { exportMails } from './export-mails.ts';
import { mailFilterForm, mailFilterText } from './filter-form.ts';
import { type OutboxCommandId, outboxCommands } from './keys.ts';
import { mailActions } from './mail-actions.ts';
import { mailSource } from './mail-source.ts';
import { OutboxView } from './outbox-view.tsx';

/** The mails to users: what waits, what was sent, and what was not with the reason. */
export function openOutbox(context: ScreenContext): Pane {
  const { core, overlays, status } = context;
  const { outbox, emailDelivery } = core;
  const table = createTable<OutboxMail>({
    columns: mailColumns(core.clock),
    source: mailSource(outbox),
    idOf: ({ id }) => String(id),
    query: { filter: '', sort: null },
    onFailure: (message) => status.say(message, 'error'),
  });
  const delivery = createStore(readDelivery());

  function readDelivery() {
    return deliverySpans(outbox, emailDelivery.load().settings.sendToUsers, core.clock());
  }

  async function refresh(): Promise<void> {
    delivery.set(readDelivery());
    await table.refresh();
  }

  const { retry, resend, cancel } = mailActions(
    context,
    () => table.markedOrCurrentIds().map(Number),
    refresh,
  );
  const actions: Record<OutboxCommandId, () => Promise<void>> = {
    'outbox.details': async () => {
      const mail = table.current();
      if (mail === undefined) return;
      context.open(
        import('./mail-screen.tsx').then(({ openMail }) => openMail(context, table, mail, refresh)),
      );
    },
    'outbox.retry': retry,
    'outbox.resend': resend,
    'outbox.cancel': cancel,
    'outbox.export': () => exportMails(context, table),
    'outbox.choose': async () => {
      const values = await overlays.fill(mailFilterForm);
      if (values !== null) table.filter.set(mailFilterText(values));
    },
  };
  const own = bindCommands(
    outboxCommands,
    () => ({
      isReadOnly: context.isReadOnly,
      marked: table.state().marks.size,
      isMarking: table.isMarking(),
      current: table.current(),
    }),
    (id) => void actions[id]().catch((error) => context.reportError('Outbox', error)),
  );
  return {
    layer: {
      name: 'outbox',
      commands: [...own, ...table.commands],
      capture: table.capture,
      takes: table.filter.takes,
      hints: table.filter.hints,
    },
    state: combineStores(table, table.filter, delivery),
    draw: (width, height) => (
      <OutboxView table={table} delivery={delivery.get()} width={width} height={height} />
    ),
    pending: table.pending,
    refresh,
    enter: () => delivery.set(readDelivery()),
    show: table.filter.set,
  };
}
