import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { everyTable } from '../../../scripts/keys-document.ts';
import { helpOf, paletteOf } from '../../../src/screens/commands/generated-help.ts';
import { reachableCommands } from '../../../src/screens/commands/layers.ts';
import { stopQuestion } from '../../../src/screens/shell/overlays.ts';
import { cancelled, confirmation, confirmed } from '../../../src/screens/widgets/dialog/state.ts';
import { leaveRunBehind } from '../../helpers/left-runs.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { openConsole, type TestConsole } from '../helpers/console.tsx';

const source = join(import.meta.dirname, '../../../src/screens');

/** How to get to each screen from Status, and what it shows then. */
const screens = [
  ['Status', '', 'Data directory'],
  ['Users', '2', 'ada'],
  ['a user', '2e', 'Users > ada'],
  ['a new user', '2a', 'Users > New user'],
  ['the import', '2i', '385 users'],
  ['Company Settings', '3', 'Default country'],
  ['Email', '4', 'Reply-To'],
  ['the mail templates', '4]', 'Amara Lindqvist'],
  ['a mail template', '4]\r', 'Email > Phone call'],
  ['the outbox', '4]]', 'Nothing waits.'],
  ['Directory Integration', '5', 'Sample directory'],
  ['the items of synchronization', '5]]]', 'Last result'],
  ['the schedule of synchronization', '5]]]s', '> Schedule'],
  ['the log', '6', 'user.added'],
  ['an event', '6\r', 'Logging > '],
  ['following the log', '6F', 'Logging > Follow'],
  ['the runs', '6]', 'interrupted'],
  ['a run', '6]\r', 'Logging > Run 1'],
  ['the verification', '6v', 'Logging > '],
  ['the palette', ':', 'Preferences'],
  ['help', '?', 'Help'],
] as const;

const sentence = /^[A-Z"].*[.?!]$/;

async function filledCore(): Promise<TemporaryCore> {
  const core = temporaryCore();
  await core.users.add({ username: 'ada' });
  leaveRunBehind(core);
  return core;
}

async function open(
  core: TemporaryCore,
  keys: string,
  shown: string,
  isReadOnly = false,
): Promise<TestConsole> {
  const console = await openConsole(core, { columns: 120, rows: 40, isReadOnly });
  await console.shows('Data directory');
  if (keys !== '') console.press(keys);
  await console.shows(shown);
  return console;
}

/** Every reason why something cannot be done, by the id of the command. */
function reasonsOf({ shell }: TestConsole): readonly [string, string][] {
  return helpOf(shell.layers.get()).flatMap(({ id, reason }) => (reason === null ? [] : [[id, reason]]));
}

describe.each(screens)('on the screen of %s', (_, keys, shown) => {
  test('help has every command that a key or the palette reaches', async () => {
    const { shell } = await open(await filledCore(), keys, shown);
    const layers = shell.layers.get();
    const commands = reachableCommands(layers);
    expect(helpOf(layers).map(({ id }) => id)).toEqual(commands.map(({ command }) => command.id));
    const named = commands.filter(({ command }) => command.isHiddenInPalette !== true);
    expect(paletteOf(layers).map(({ id }) => id)).toEqual(named.map(({ command }) => command.id));
    expect(commands.length).toBeGreaterThan(2);
  });

  test('what cannot be done says why in a sentence', async () => {
    const console = await open(await filledCore(), keys, shown);
    for (const [id, reason] of reasonsOf(console)) expect(reason, id).toMatch(sentence);
  });
});

/** Those that can only be reached by whoever may change something. */
const changingScreens: readonly string[] = ['a new user', 'a mail template'];

describe.each(screens.filter(([name]) => !changingScreens.includes(name)))(
  'where nothing may be changed, on the screen of %s',
  (_, keys, shown) => {
    test('what cannot be done says why in a sentence', async () => {
      const console = await open(await filledCore(), keys, shown, true);
      for (const [id, reason] of reasonsOf(console)) expect(reason, id).toMatch(sentence);
    });
  },
);

test('in an empty installation everything that needs somebody says why it cannot be done', async () => {
  const console = await open(temporaryCore(), '2', 'There are no users yet');
  const reasons = Object.fromEntries(reasonsOf(console));
  for (const id of [
    'users.edit',
    'users.enable',
    'users.block',
    'users.pin',
    'users.sendEmail',
    'users.remove',
    'users.method',
  ]) {
    expect(reasons[id], id).toMatch(/^There is no user (here|to edit)\.$/);
  }
});

test('in a console that may only look, every change says so', async () => {
  const console = await open(await filledCore(), '2', 'ada', true);
  const reasons = Object.fromEntries(reasonsOf(console));
  for (const id of [
    'users.add',
    'users.block',
    'users.disable',
    'users.remove',
    'users.pin',
    'users.sendEmail',
    'users.importCsv',
  ]) {
    expect(reasons[id], id).toBe('This console was started with --read-only.');
  }
});

test('no table of commands hides from the tests of all tables', async () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  const defined = files.flatMap((file) => {
    const text = readFileSync(join(source, file), 'utf8');
    return [...text.matchAll(/(?<!function )\bdefineCommands\s*[<(]/g)].map(() => file);
  });
  expect(await everyTable()).toHaveLength(defined.length);
});

describe('a destructive act', () => {
  test.each([
    ['a confirmation', confirmation('Remove', 'Remove ada?', 'Remove')],
    ['a question about stopping', stopQuestion('Import', 'What was written stays.')],
  ])('is not what Enter does in %s', (_, dialog) => {
    const buttons = [{ id: cancelled }, { id: confirmed }];
    expect(dialog).toMatchObject({ kind: 'question', focused: 0, escape: cancelled, buttons });
  });

  test('on one user is asked about, and Enter leaves them', async () => {
    const core = await filledCore();
    const console = await open(core, '2-', '─ Remove');
    console.press('\r');
    await console.showsNoMore('─ Remove');
    expect(core.users.find('ada')).toMatchObject({ version: 1 });
  });

  test('on several wants their number, and Enter leaves them', async () => {
    const core = await filledCore();
    await core.users.add({ username: 'bob' });
    const console = await open(core, '2*-', 'Remove');
    await console.shows('2 users');
    console.press('\r\x1b');
    await console.showsNoMore('─ Remove');
    expect(core.users.list().total).toBe(2);
  });

  test('such as an import is a preview first', async () => {
    const core = await filledCore();
    const console = await open(core, '2i', '385 users');
    console.press('\r\r');
    await console.shows('preview, nothing is written yet');
    expect(core.users.list().total).toBe(1);
  });
});
