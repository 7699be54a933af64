import type { AuditEvent } from '../../../core/audit/audit-query.ts';
import { bindCommands } from '../../commands/command.ts';
import type { Screen, ScreenContext } from '../../shell/screen.ts';
import { combineStores, createStore } from '../../store.ts';
import { createFactsScroll } from '../../widgets/facts/facts.ts';
import { FactsView } from '../../widgets/facts/facts-view.tsx';
import { goToNeighbour } from '../../widgets/table/neighbour.ts';
import type { Table } from '../../widgets/table/table.ts';
import { eventFacts } from './event-text.ts';
import { eventCommands } from './keys.ts';

/** One event with all that it says; goes to its neighbours in the list. */
export function openEvent({ status }: ScreenContext, table: Table<AuditEvent>, first: AuditEvent): Screen {
  const event = createStore(first);
  const scroll = createFactsScroll();
  let going = Promise.resolve();

  async function go(by: 1 | -1): Promise<void> {
    const next = await goToNeighbour(table, by);
    if (next === undefined) {
      status.say(by === 1 ? 'This is the oldest event.' : 'This is the newest event.', 'warning');
      return;
    }
    event.set(next);
    scroll.dispatch({ type: 'top' });
  }

  const own = bindCommands(eventCommands, event.get, (id) => {
    going = going.then(() => go(id === 'event.older' ? 1 : -1));
  });
  return {
    title: () => `Event ${event.get().sequence}`,
    wantsWidth: true,
    layer: { name: 'event', commands: [...own, ...scroll.commands] },
    state: combineStores(event, scroll),
    draw: (width, height) => (
      <FactsView facts={eventFacts(event.get())} scroll={scroll} width={width} height={height} />
    ),
  };
}
