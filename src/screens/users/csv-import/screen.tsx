import { countOf } from '../../../core/count-text.ts';
import type { CsvLine } from '../../../core/users/csv-import.ts';
import { bindCommands } from '../../commands/command.ts';
import type { Screen, ScreenContext } from '../../shell/screen.ts';
import { combineStores, createReducerStore } from '../../store.ts';
import { confirmation, confirmed, reportDialog } from '../../widgets/dialog/state.ts';
import { arraySource } from '../../widgets/table/array-source.ts';
import type { TableColumn } from '../../widgets/table/columns.ts';
import { createTable } from '../../widgets/table/table.ts';
import { tabsCommands } from '../../widgets/tabs/keys.ts';
import { reduceTabs } from '../../widgets/tabs/state.ts';
import { labelOf, valueText } from '../field-text.ts';
import { CsvImportView } from './csv-import-view.tsx';
import { type CsvImportCommandId, csvImportCommands } from './keys.ts';
import { readCsv } from './read-csv.ts';
import { type CsvImportAction, initialCsvImport, kindTabs, linesOfKind, reduceCsvImport } from './state.ts';

const columns: readonly TableColumn<CsvLine>[] = [
  {
    id: 'line',
    title: 'Line',
    minWidth: 7,
    align: 'right',
    isSortable: true,
    value: ({ line }) => String(line),
  },
  {
    id: 'username',
    title: 'Username',
    minWidth: 14,
    flex: 1,
    isSortable: true,
    value: ({ username }) => username,
  },
  {
    id: 'outcome',
    title: 'What',
    minWidth: 9,
    isSortable: true,
    value: ({ outcome }) => outcome,
    token: ({ outcome }) => (outcome === 'failed' ? 'error' : undefined),
  },
  { id: 'detail', title: 'Detail', minWidth: 20, flex: 4, value: detailOf },
];

/** Preview of a file and, after it was imported, what became of each line. */
export function openCsvImport(
  context: ScreenContext,
  { file, update, onImported }: { readonly file: string; readonly update: boolean; onImported(): void },
): Screen {
  const { overlays, status } = context;
  const store = createReducerStore(reduceCsvImport, initialCsvImport);
  let shown = linesOfKind(store.get());
  const table = createTable<CsvLine>({
    columns,
    isMarkable: false,
    source: arraySource(
      () => shown,
      columns,
      ({ line }) => String(line),
    ),
    idOf: ({ line }) => String(line),
  });

  function dispatch(action: CsvImportAction): void {
    const before = store.get();
    store.dispatch(action);
    const now = store.get();
    if (now.lines === before.lines && now.kind === before.kind) return;
    shown = linesOfKind(now);
    if (now.kind !== before.kind) table.dispatch({ type: 'go', to: 0 });
    void table.refresh();
  }

  async function read(dryRun: boolean): Promise<void> {
    dispatch({ type: 'begin', phase: dryRun ? 'reading' : 'importing' });
    const title = dryRun ? 'Preview' : 'Import';
    const isWhole = await context.work(title, (signal) =>
      readCsv(context, { file, update, dryRun }, dispatch, signal),
    );
    dispatch({ type: 'end', phase: isWhole !== true ? 'stopped' : dryRun ? 'previewed' : 'imported' });
    if (!dryRun) {
      onImported();
      const { lines } = store.get();
      const written = lines.filter(({ outcome }) => outcome === 'added' || outcome === 'updated').length;
      const text = isWhole === true ? 'Imported' : 'Stopped after';
      status.say(`${text} ${countOf(written, 'user')}.`, isWhole === true ? 'ok' : 'warning');
    }
  }

  async function importFile(): Promise<void> {
    const { lines } = store.get();
    const count = lines.filter(({ outcome }) => outcome === 'added' || outcome === 'updated').length;
    const question = confirmation('Import', `Add or change ${countOf(count, 'user')}?`, 'Import');
    if ((await overlays.ask(question)) === confirmed) await read(false);
  }

  const actions: Record<CsvImportCommandId, () => void> = {
    'csv.import': () => void importFile(),
    'csv.preview': () => void read(true),
    'csv.details': () => {
      const line = table.current();
      if (line !== undefined) void overlays.ask(lineReport(line));
    },
  };
  const own = bindCommands(
    csvImportCommands,
    () => ({ ...store.get(), isReadOnly: context.isReadOnly, hasLine: table.current() !== undefined }),
    (id) => actions[id](),
  );
  const tabs = bindCommands(tabsCommands, store.get, (id) => {
    const { active } = reduceTabs(kindTabs(store.get()), { type: id === 'tabs.next' ? 'next' : 'previous' });
    dispatch({ type: 'kind', kind: active });
  });
  void read(true);
  return {
    title: () => 'Import from CSV',
    wantsWidth: true,
    layer: {
      name: 'csv import',
      commands: [...own, ...table.commands, ...tabs],
      capture: table.capture,
      takes: table.filter.takes,
      hints: table.filter.hints,
    },
    state: combineStores(store, table, table.filter),
    draw: (width, height) => (
      <CsvImportView file={file} state={store.get()} table={table} width={width} height={height} />
    ),
  };
}

function detailOf({ reason, fields, outcome }: CsvLine): string {
  if (reason !== null) return reason;
  if (outcome === 'added') return '';
  return changesOf(fields).join(', ');
}

function changesOf(fields: CsvLine['fields']): string[] {
  return Object.entries(fields).map(
    ([name, [before, after]]) => `${labelOf(name)}: ${valueText(name, before)} -> ${valueText(name, after)}`,
  );
}

function lineReport({ line, username, outcome, reason, fields }: CsvLine) {
  const text = `${username} ${outcome}${reason === null ? '' : `: ${reason}`}`;
  return reportDialog(`Line ${line}`, text, changesOf(fields));
}
