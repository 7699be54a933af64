// The console in 80x24 over a database that `key-to-frame.ts` has filled: presses keys and measures what each
// costs. Prints one line of JSON.
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { openCore } from '../src/core/core.ts';
import { locateDataDirectory } from '../src/core/data-directory.ts';
import { openPreferences } from '../src/screens/preferences/preferences-store.ts';
import { sections } from '../src/screens/sections.ts';
import { ConsoleView } from '../src/screens/shell/console-view.tsx';
import { createShell } from '../src/screens/shell/shell.ts';
import { openFullScreen } from '../src/screens/terminal/full-screen.ts';
import { selectTheme, ThemeProvider } from '../src/screens/theme/theme.ts';

const [, , folder = ''] = process.argv;
const keysPerCase = 100;

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
const core = openCore({ dataDirectory: locateDataDirectory(folder, {}) });
const shell = createShell({
  core,
  sections,
  isReadOnly: true,
  preferences: openPreferences(join(folder, 'preferences.json')),
  size: () => terminal,
  redraw: () => {},
  quit: () => {},
});
shell.context.goTo('users');
await shell.navigator.loading();

const screen = openFullScreen(
  ({ session }) => (
    <ThemeProvider value={selectTheme('standard', { colours: 16, needsAscii: false })}>
      <ConsoleView shell={shell} output={session.screen} />
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
    onInput: shell.input,
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
    setTimeout(resolve, 200).unref();
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
  for (let round = 0; round < 3; round++) await new Promise((resolve) => setTimeout(resolve, 3));
}

async function measure(keys: readonly string[]): Promise<Record<string, number>> {
  const costs: Cost[] = [];
  for (let index = 0; index < keysPerCase; index++) costs.push(await press(keys[index % keys.length] ?? ''));
  const work = costs.map(({ workMs }) => workMs).toSorted((a, b) => a - b);
  const bytes = costs.map((cost) => cost.bytes).toSorted((a, b) => a - b);
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

for (let index = 0; index < 100; index++) await press(index % 2 === 0 ? 'j' : 'k');
const users = core.users.listIds({ limit: 0 }).total;
const result: Record<string, unknown> = { bench: 'key-to-frame', users, size: '80x24' };
result.cursor = await measure([...Array(10).fill('j'), ...Array(10).fill('k')]);
await press('\x1b[6~');
for (let index = 0; index < 30; index++) await press('j');
result.scroll = await measure(['j']);
result.page = await measure(['\x1b[6~']);
result.ends = await measure(['G', 'g']);
result.mark = await measure([' ']);
result.sort = await measure(['s']);
result.reverse = await measure(['S']);
await press('/');
result.filter = await measure([...'peniski', ...Array(7).fill('\x7f')]);
result.facet = await measure([...'state:disabled', ...Array(14).fill('\x7f')]);
result.commonWord = await measure([...'corp.con', ...Array(8).fill('\x7f')]);
screen.close(0);
shell.close();
core.close();
process.stdout.write(`${JSON.stringify(result)}\n`);
