import type { LoggedChange } from '../../core/runs/run-log.ts';
import { type BoundCommand, bindCommands } from '../commands/command.ts';
import type { ScreenContext } from '../shell/screen.ts';
import type { Store } from '../store.ts';
import { createTable, type Table } from '../widgets/table/table.ts';
import { tabsAction, tabsCommands } from '../widgets/tabs/keys.ts';
import { reduceTabs } from '../widgets/tabs/state.ts';
import { changeColumns, changeReport, changeSource } from './change-lines.ts';
import { type Kind, kindTabs, type RunState } from './state.ts';

/** The lines of a run's log with their kinds as tabs; they follow the state of the run. */
export interface ChangeList {
  readonly table: Table<LoggedChange>;
  /** Those of the list and of the tabs. */
  readonly commands: readonly BoundCommand[];
  /** Shows old and new values of the person under the cursor. */
  showDetails(): void;
  close(): void;
}

/** @param show chooses the kind that is listed */
export function createChangeList(
  { core, overlays }: ScreenContext,
  run: Pick<Store<RunState>, 'get' | 'subscribe'>,
  show: (kind: Kind) => void,
): ChangeList {
  const table = createTable<LoggedChange>({
    columns: changeColumns,
    source: changeSource(core.runs, run.get),
    idOf: ({ number }) => String(number),
    query: { filter: '', sort: null },
    isMarkable: false,
  });
  let listed = run.get();
  const close = run.subscribe(() => {
    const now = run.get();
    const before = listed;
    listed = now;
    if (now.kind !== before.kind) table.dispatch({ type: 'go', to: 0 });
    if (now.kind !== before.kind || now.counts !== before.counts) void table.refresh();
  });
  const tabs = bindCommands(tabsCommands, run.get, (id) => {
    show(reduceTabs(kindTabs(run.get()), tabsAction(id)).active);
  });
  return {
    table,
    commands: [...table.commands, ...tabs],
    showDetails() {
      const line = table.current();
      if (line !== undefined) void overlays.ask(changeReport(line, run.get().isPreview));
    },
    close,
  };
}
