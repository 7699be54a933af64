import { bindCommands } from '../../commands/command.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { combineStores } from '../../store.ts';
import type { Pane } from '../../tabbed/pane.ts';
import { openTextEditor } from '../../text-editor/screen.tsx';
import { confirmation, confirmed } from '../../widgets/dialog/state.ts';
import { arraySource } from '../../widgets/table/array-source.ts';
import { FilterLine } from '../../widgets/table/filter-line.tsx';
import { createTable } from '../../widgets/table/table.ts';
import { TableView } from '../../widgets/table/table-view.tsx';
import { wordingEditor } from './edit-wording.ts';
import { type WordingsCommandId, wordingsCommands } from './keys.ts';
import { idOfWording, type WordingRow, wordingColumns, wordingRows, wordingTitle } from './rows.ts';

/** What text messages and OATH prompts say, in every language. */
export function openWordingsPane(context: ScreenContext): Pane {
  const { core, overlays, status } = context;
  let rows = wordingRows(core);
  const table = createTable<WordingRow>({
    columns: wordingColumns,
    source: arraySource(() => rows, wordingColumns, idOfWording),
    idOf: idOfWording,
    query: { filter: '', sort: null },
    isMarkable: false,
  });

  async function refresh(): Promise<void> {
    rows = wordingRows(core);
    await table.refresh();
  }

  async function changed(): Promise<void> {
    context.dataWasRead();
    await refresh();
  }

  async function reset({ key }: WordingRow): Promise<void> {
    const builtIn = await core.wordings.builtIn(key);
    const text = `${wordingTitle(key)} is to say again: ${builtIn}`;
    if ((await overlays.ask(confirmation('Reset', text, 'Reset'))) !== confirmed) return;
    await core.wordings.save([[key, null]], { version: core.wordings.load().version });
    await changed();
    status.say(`${wordingTitle(key)} is the built-in one again.`, 'ok');
  }

  const actions: Record<WordingsCommandId, (row: WordingRow) => Promise<void>> = {
    'wordings.edit': async (row) => {
      context.open(
        openTextEditor(
          context,
          wordingEditor(context, row, () => void changed()),
        ),
      );
    },
    'wordings.reset': reset,
  };
  const own = bindCommands(
    wordingsCommands,
    () => ({ isReadOnly: context.isReadOnly, row: table.current() }),
    (id) => {
      const row = table.current();
      if (row !== undefined) void actions[id](row).catch((error) => context.reportError('Wordings', error));
    },
  );
  return {
    layer: {
      name: 'wordings',
      commands: [...own, ...table.commands],
      capture: table.capture,
      takes: table.filter.takes,
      hints: table.filter.hints,
    },
    state: combineStores(table, table.filter),
    draw: (width, height) => (
      <>
        <FilterLine table={table} width={width} order="By method, mode and language" />
        <TableView table={table} width={width} height={height - 1} emptyText="Nothing is worded like this." />
      </>
    ),
    refresh,
  };
}
