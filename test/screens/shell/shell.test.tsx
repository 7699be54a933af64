import { describe, expect, test } from 'vitest';
import { MfaError } from '../../../src/core/errors.ts';
import type { ScreenContext } from '../../../src/screens/shell/screen.ts';
import { unsavedChanges } from '../../../src/screens/widgets/dialog/state.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { openConsole } from '../helpers/console.tsx';
import { type PlainScreen, plainScreen, plainSection } from '../helpers/plain-section.tsx';

/** Two sections; `x` of the first opens a screen over it, `y` is noted by whoever gets it. */
async function twoSections(over: (context: ScreenContext) => PlainScreen = () => plainScreen('Over')) {
  const notes: string[] = [];
  const screens: PlainScreen[] = [];
  const opened = (screen: PlainScreen) => {
    screens.push(screen);
    return screen;
  };
  const console = await openConsole(temporaryCore(), {
    sections: [
      plainSection('one', (context) =>
        opened(
          plainScreen('One', {
            x: () => context.open(Promise.resolve().then(() => opened(over(context)))),
            y: () => notes.push('One'),
          }),
        ),
      ),
      plainSection('two', () => opened(plainScreen('Two', { y: () => notes.push('Two') }))),
    ],
  });
  await console.shows('This is One.');
  return { console, notes, screens };
}

describe('the console', () => {
  test('goes to sections by their digits, and later keys of the packet meet the new one', async () => {
    const { console, notes } = await twoSections();
    console.press('y2yy1y');
    await expect.poll(() => notes).toEqual(['One', 'Two', 'Two', 'One']);
    console.press('2');
    expect(await console.shows('This is Two.')).toMatch(/^ MFA Console {2}Two/);
  });

  test('opens a screen over another and comes back with Esc, q and Ctrl+C', async () => {
    const { console, notes, screens } = await twoSections();
    for (const key of ['\x1b', 'q', '\x03']) {
      console.press('x');
      expect(await console.shows('This is Over.')).toMatch(/MFA Console {2}One > Over/);
      console.press(`${key}y`);
      await console.shows('This is One.');
      expect(screens.at(-1)?.events).toEqual(['close']);
    }
    expect(notes).toEqual(['One', 'One', 'One']);
    expect(console.hasQuit()).toBe(false);
  });

  test.each([
    [80, 'warning', 'Directory Integ. !'],
    [80, undefined, 'Directory Integ.'],
    [100, 'warning', 'Directory Integ. !'],
    [100, undefined, 'Directory Integration'],
  ] as const)('at %d columns with the mark %s a section is called "%s"', async (columns, mark, shown) => {
    const section = {
      ...plainSection('directory', () => plainScreen('Directory')),
      title: 'Directory Integration',
      abbreviation: 'Directory Integ.',
      mark: () => mark,
    };
    const console = await openConsole(temporaryCore(), { columns, sections: [section] });
    console.shell.readStanding();
    await console.shows(shown);
  });

  test('quits with q at the top, never with Esc', async () => {
    const { console } = await twoSections();
    console.press('\x1b');
    console.press('\x1b');
    await new Promise((resolve) => setImmediate(resolve));
    expect(console.hasQuit()).toBe(false);
    console.press('q');
    await expect.poll(() => console.hasQuit()).toBe(true);
  });

  test('keeps the first screen of a section while others are looked at', async () => {
    const { console, screens } = await twoSections();
    console.press('2121');
    await console.shows('This is One.');
    expect(screens).toHaveLength(2);
    console.shell.close();
    expect(screens.map(({ events }) => events)).toEqual([['close'], ['close']]);
  });

  test('finds sections and actions by name', async () => {
    const { console } = await twoSections();
    console.press(':two\r');
    await console.shows('This is Two.');
  });

  test('lists in help the keys of the screen and those that work everywhere', async () => {
    const { console } = await twoSections();
    console.press('?');
    const help = await console.shows('Keys');
    expect(help).toMatch(/│ One +│/);
    console.press('\x1b[6~');
    await console.shows(/q Ctrl\+C +Quit/);
  });

  test('shows and hides the list of sections', async () => {
    const { console } = await twoSections();
    await console.shows('> 1 one');
    console.press('\x02');
    await console.showsNoMore('> 1 one');
    console.press('\x02');
    await console.shows('> 1 one');
  });

  test('hides the list of sections in a narrow terminal when a screen wants the width, unless it is asked for', async () => {
    const console = await openConsole(temporaryCore(), {
      sections: [plainSection('wide', () => plainScreen('Wide', {}, { wantsWidth: true }))],
    });
    expect(await console.shows('This is Wide.')).not.toContain('> 1 wide');
    console.press('\x02');
    await console.shows('> 1 wide');
    console.press('\x02');
    console.resize(120, 40);
    await console.showsNoMore('> 1 wide');
  });

  test('refuses a terminal that is too small, in which keys could do things unseen', async () => {
    const { console, notes } = await twoSections();
    console.resize(79, 24);
    await console.shows('MFA Console needs 80x24; this terminal is 79x24.');
    console.press('yx2');
    console.resize(80, 24);
    await console.shows('This is One.');
    expect(notes).toEqual([]);
    console.resize(40, 10);
    console.press('q');
    await expect.poll(() => console.hasQuit()).toBe(true);
  });
});

describe('unsaved changes', () => {
  async function withChanges() {
    const saved: string[] = [];
    const opened = await twoSections((context) => {
      let isChanged = true;
      return plainScreen(
        'Form',
        {},
        {
          canLeave() {
            if (!isChanged) return true;
            return context.overlays.ask(unsavedChanges('The form')).then((answer) => {
              if (answer === 'save') saved.push('saved');
              isChanged = answer === 'cancel';
              return !isChanged;
            });
          },
        },
      );
    });
    opened.console.press('x');
    await opened.console.shows('This is Form.');
    return { ...opened, saved };
  }

  test.each([
    ['going back', '\x1b', 'This is One.'],
    ['another section', '2', 'This is Two.'],
  ])('are asked about before %s', async (_, key, after) => {
    const { console, saved } = await withChanges();
    console.press(key);
    await console.shows('The form has changes that are not saved.');
    console.press('\x1b');
    await console.shows('This is Form.');
    console.press(key);
    await console.shows('Unsaved changes');
    console.press('\r');
    await console.shows(after);
    expect(saved).toEqual(['saved']);
  });

  test('are asked about before the console is left', async () => {
    const { console, saved } = await withChanges();
    void console.shell.quit();
    await console.shows('Unsaved changes');
    console.press('\x1b[C\r');
    await expect.poll(() => console.hasQuit()).toBe(true);
    expect(saved).toEqual([]);
  });
});

describe('long work', () => {
  test('is asked about when the console is left, and stopped before it ends', async () => {
    const { console } = await twoSections();
    const { promise: goOn, resolve } = Promise.withResolvers<void>();
    let seen: AbortSignal | undefined;
    const work = console.shell.context.work('Import', async (signal) => {
      seen = signal;
      await goOn;
      return 'done';
    });
    console.press('q');
    await console.shows('Import is not finished.');
    console.press('\r');
    await console.showsNoMore('is not finished');
    expect(seen?.aborted).toBe(false);
    console.press('q');
    await console.shows('Import is not finished.');
    console.press('\x1b[C\r');
    await expect.poll(() => seen?.aborted).toBe(true);
    expect(console.hasQuit()).toBe(false);
    resolve();
    await expect.poll(() => console.hasQuit()).toBe(true);
    expect(await work).toBe('done');
  });

  test('that fails says what failed and what to do, with details behind Enter', async () => {
    const { console } = await twoSections();
    const result = console.shell.context.work('Import', async () => {
      throw new MfaError('store.busy', 'The database is busy.', {
        advice: 'Try again.',
        cause: new Error('SQLITE_BUSY'),
      });
    });
    expect(await console.shows('The database is busy.')).toContain('Try again.');
    console.press('\r');
    expect(await console.shows('Code: store.busy')).toContain('Cause: SQLITE_BUSY');
    console.press('\x1b');
    expect(await result).toBeUndefined();
  });

  test('that breaks unexpectedly is reported, and the console goes on', async () => {
    const { console, notes } = await twoSections();
    void console.shell.context.work('Import', () => Promise.reject(new Error('oops')));
    await console.shows('Something unexpected went wrong: oops.');
    console.press('zy');
    await console.showsNoMore('oops');
    expect(notes).toEqual(['One']);
  });
});

test('a section that cannot be loaded is reported, and the present one stays', async () => {
  const console = await openConsole(temporaryCore(), {
    sections: [
      plainSection('good', () => plainScreen('Good')),
      plainSection('bad', () => {
        throw new Error('no such chunk');
      }),
    ],
  });
  console.press('2');
  await console.shows('no such chunk');
  console.press('\x1b');
  await console.shows('This is Good.');
});

test('read-only is said in the header', async () => {
  const sections = [plainSection('one', () => plainScreen('One'))];
  const console = await openConsole(temporaryCore({ actor: 'ada@dc1' }), { sections, isReadOnly: true });
  expect(await console.shows('This is One.')).toMatch(/dc1 {2}ada {2}READ-ONLY/);
});
