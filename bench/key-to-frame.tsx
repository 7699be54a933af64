// What a key costs at 80x24 in a list of 100,000 rows: milliseconds of work and bytes written to the terminal.
// Prints one line of JSON. Run over a bundle, as the product runs:
//   esbuild bench/key-to-frame.tsx --bundle --platform=node --format=esm --outfile=/tmp/key-to-frame.mjs
//     --define:process.env.NODE_ENV='"production"' --alias:react-devtools-core=./scripts/empty-module.mjs
//     --banner:js="import{createRequire}from'node:module';const require=createRequire(import.meta.url);"
//   FORCE_COLOR=1 node /tmp/key-to-frame.mjs [--wide]
import { EventEmitter } from 'node:events';
import { bindCommands } from '../src/screens/commands/command.ts';
import { hintsOf } from '../src/screens/commands/generated-help.ts';
import { createLayerStack } from '../src/screens/commands/layers.ts';
import { handleInputs } from '../src/screens/shell/input-handler.ts';
import { shellCommands } from '../src/screens/shell/shell-keys.ts';
import { shellLayout } from '../src/screens/shell/shell-layout.ts';
import { ShellView } from '../src/screens/shell/shell-view.tsx';
import { useStore } from '../src/screens/store.ts';
import { openFullScreen } from '../src/screens/terminal/full-screen.ts';
import { selectTheme, ThemeProvider } from '../src/screens/theme/theme.ts';
import { createStatus } from '../src/screens/widgets/status-line/state.ts';
import { FilterLine } from '../src/screens/widgets/table/filter-line.tsx';
import { createTable } from '../src/screens/widgets/table/table.ts';
import { TableView } from '../src/screens/widgets/table/table-view.tsx';
import { personColumns, personSource, syntheticPeople } from '../test/screens/helpers/synthetic-rows.ts';

const rowCount = 100_000;
const keysPerCase = 200;

/** A terminal that only counts. */
class CountingTerminal extends EventEmitter {
  readonly isTTY = true;
  readonly columns = 80;
  readonly rows = 24;
  bytes = 0;
  onWrite: () => void = () => {};

  write(text: string): boolean {
    this.bytes += Buffer.byteLength(text);
    this.onWrite();
    return true;
  }
}

class Keyboard extends EventEmitter {
  resume(): void {}
  pause(): void {}
  setRawMode(): void {}
}

const terminal = new CountingTerminal();
const keyboard = new Keyboard();
const layers = createLayerStack();
const status = createStatus();
const table = createTable({
  columns: personColumns,
  source: personSource(syntheticPeople(rowCount)),
  idOf: ({ id }) => id,
});
layers.push({
  name: 'shell',
  commands: bindCommands(
    shellCommands,
    () => null,
    () => {},
  ),
});
layers.push({ name: 'users', commands: table.commands, capture: table.capture });
const layout = shellLayout(terminal.columns, terminal.rows, { wantsWidth: process.argv.includes('--wide') });
const sections = ['Status', 'Users', 'Logging'].map((title) => ({ id: title, title }));

function Screen() {
  useStore(table);
  return (
    <ShellView
      layout={layout}
      breadcrumb={['Users']}
      identity={['srv-core-01', 'admin']}
      sections={sections}
      activeSection="Users"
      message={useStore(status)}
      hints={hintsOf(useStore(layers))}
    >
      <FilterLine table={table} width={layout.mainWidth} />
      <TableView table={table} width={layout.mainWidth} height={layout.mainHeight - 1} />
    </ShellView>
  );
}

const screen = openFullScreen(
  () => (
    <ThemeProvider value={selectTheme('standard', { colours: 16, needsAscii: false })}>
      <Screen />
    </ThemeProvider>
  ),
  {
    capabilities: {
      isInteractive: true,
      columns: 80,
      rows: 24,
      colours: 16,
      needsAscii: false,
      isOverSsh: false,
      isWindows: false,
      escapeTimeoutMs: 50,
    },
    // Every key gets its own frame here, so that its whole work is seen.
    maxFps: 1000,
    input: keyboard,
    output: terminal,
    process: Object.assign(new EventEmitter(), { exit: () => {} }),
    onInput: (events) => handleInputs(layers, status, events),
  },
);

interface Cost {
  readonly workMs: number;
  readonly bytes: number;
}

/** Presses a key and waits until its frame was written and nothing is left to do. */
async function press(key: string): Promise<Cost> {
  await settle();
  terminal.bytes = 0;
  const before = process.cpuUsage();
  const drawn = new Promise<void>((resolve) => {
    terminal.onWrite = resolve;
    // A key that changes nothing that is seen writes nothing.
    setTimeout(resolve, 100).unref();
  });
  keyboard.emit('data', Buffer.from(key));
  await drawn;
  await new Promise((resolve) => setImmediate(resolve));
  const { user, system } = process.cpuUsage(before);
  await settle();
  return { workMs: (user + system) / 1000, bytes: terminal.bytes };
}

/** Lets loads ahead, timers and throttled frames finish. */
async function settle(): Promise<void> {
  await table.settled();
  await new Promise((resolve) => setTimeout(resolve, 4));
  await table.settled();
}

async function measure(keys: readonly string[]): Promise<Record<string, number>> {
  const costs: Cost[] = [];
  for (let index = 0; index < keysPerCase; index++) costs.push(await press(keys[index % keys.length] ?? ''));
  const work = costs.map(({ workMs }) => workMs).toSorted((a, b) => a - b);
  const bytes = costs.map(({ bytes }) => bytes).toSorted((a, b) => a - b);
  const at = (values: readonly number[], share: number) => values[Math.floor(values.length * share)] ?? 0;
  return {
    workMsMedian: round(at(work, 0.5)),
    workMsP95: round(at(work, 0.95)),
    bytesMedian: at(bytes, 0.5),
    bytesMax: bytes.at(-1) ?? 0,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

await settle();
for (let index = 0; index < 50; index++) await press(index % 2 === 0 ? 'j' : 'k');
const result: Record<string, unknown> = { bench: 'key-to-frame', rows: rowCount, size: '80x24' };
result.cursor = await measure([...Array(10).fill('j'), ...Array(10).fill('k')]);
await press('\x1b[6~');
for (let index = 0; index < 30; index++) await press('j');
result.scroll = await measure(['j']);
result.page = await measure(['\x1b[6~']);
result.ends = await measure(['G', 'g']);
result.mark = await measure([' ']);
result.sort = await measure(['S']);
await press('/');
result.filter = await measure([...'smith0', ...Array(6).fill('\x7f')]);
screen.close(0);
process.stdout.write(`${JSON.stringify(result)}\n`);
