import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { handleInput } from '../../../src/screens/commands/layers.ts';
import { KeyDecoder } from '../../../src/screens/terminal/key-decoder.ts';
import { createTree, type Tree } from '../../../src/screens/widgets/tree/tree.ts';
import {
  isMarkedInTree,
  markedSubtrees,
  markStateOf,
  type TreeMarks,
  toggleTreeMark,
} from '../../../src/screens/widgets/tree/tree-marks.ts';
import type { TreeNode, TreeSource } from '../../../src/screens/widgets/tree/tree-source.ts';
import { TreeView } from '../../../src/screens/widgets/tree/tree-view.tsx';
import { type Frame, renderFrame, themes } from '../helpers/render-frame.tsx';

let frame: Frame | undefined;
afterEach(() => frame?.close());

const containers: Record<string, TreeNode[]> = {
  '': [{ id: 'corp', label: 'corp.contoso.test', hasChildren: true }],
  corp: [
    { id: 'people', label: 'OU=People', detail: '1,204', hasChildren: true },
    {
      id: 'users',
      label: 'CN=Users',
      detail: '14',
      hasChildren: false,
      lockedBecause: 'It may not be read.',
    },
  ],
  people: [
    { id: 'sales', label: 'OU=Sales', detail: '412', hasChildren: true },
    { id: 'engineering', label: 'OU=Engineering', detail: '690', hasChildren: false },
  ],
  sales: [{ id: 'evil', label: 'OU=\x1b[2J日本\u202e', hasChildren: false }],
};

function containerSource(): TreeSource & { asked: (string | null)[] } {
  const asked: (string | null)[] = [];
  return {
    asked,
    async children(parent) {
      asked.push(parent);
      return containers[parent ?? ''] ?? [];
    },
  };
}

async function press(tree: Tree, bytes: string): Promise<void> {
  for (const event of new KeyDecoder().push(Buffer.from(bytes))) {
    handleInput([{ name: 'tree', commands: tree.commands }], event);
    await tree.settled();
  }
}

describe('a tree', () => {
  test('loads a level when it is opened, once', async () => {
    const source = containerSource();
    const tree = createTree(source);
    await tree.settled();
    await press(tree, 'lllhll');
    expect(source.asked).toEqual([null, 'corp', 'people']);
    expect(tree.current()?.label).toBe('OU=Sales');
  });

  test('closes what is open and goes up from what is closed', async () => {
    const tree = createTree(containerSource());
    await tree.settled();
    await press(tree, 'lllh');
    expect(tree.current()?.id).toBe('people');
    await press(tree, 'h');
    expect(tree.current()?.id).toBe('corp');
  });

  test('puts the cursor on the node that was closed over it', async () => {
    const tree = createTree(containerSource());
    await tree.settled();
    await press(tree, 'llll');
    tree.dispatch({ type: 'collapse', id: 'corp' });
    expect(tree.current()?.id).toBe('corp');
  });

  test('says why a level could not be read, and reads it again when asked', async () => {
    let isBroken = true;
    const good = containerSource();
    const tree = createTree({
      children: (parent) =>
        parent === 'corp' && isBroken ? Promise.reject(new Error('Access denied.')) : good.children(parent),
    });
    await tree.settled();
    await press(tree, 'l');
    frame = renderFrame(<TreeView tree={tree} width={60} height={20} />);
    expect(await frame.text()).toContain('Access denied.');
    isBroken = false;
    await press(tree, 'l');
    expect(await frame.text()).toContain('OU=People');
  });

  test('shows the whole reason when nothing could be read, and the name of a node whose level could not', async () => {
    const reason = 'The server ldaps://dc1.corp.contoso.test refused the password of the bind account.';
    const broken = createTree({ children: () => Promise.reject(new Error(reason)) });
    await broken.settled();
    frame = renderFrame(<TreeView tree={broken} width={34} height={20} />);
    const text = (await frame.text()).replace(/\s+/g, ' ');
    expect(text).toContain(`${reason} Press r to try again.`);

    const tree = createTree({
      children: (parent) =>
        parent === null ? containerSource().children(null) : Promise.reject(new Error(reason)),
    });
    await tree.settled();
    await press(tree, 'l');
    frame.rerender(<TreeView tree={tree} width={40} height={20} />);
    expect((await frame.lines())[0]).toBe('> v [ ] corp.contoso.test The server ld…');
  });

  test('loses all marks at once', async () => {
    const tree = createTree(containerSource());
    await tree.settled();
    await press(tree, 'll ');
    expect(tree.get().marks.size).toBeGreaterThan(0);
    tree.dispatch({ type: 'unmark-all' });
    expect(tree.get().marks.size).toBe(0);
  });

  test('does not mark what is locked, and says why', async () => {
    const tree = createTree(containerSource());
    await tree.settled();
    await press(tree, 'lG');
    const [event] = new KeyDecoder().push(Buffer.from(' '));
    if (event === undefined) throw new Error('no key');
    expect(handleInput([{ name: 'tree', commands: tree.commands }], event)).toMatchObject({
      kind: 'disabled',
      reason: 'It may not be read.',
    });
  });

  test.each([
    [80, 24, themes.standard],
    [120, 40, themes.ascii],
  ])('is drawn at %i x %i with marks, counts and names that break nothing', async (columns, rows, theme) => {
    const tree = createTree(containerSource());
    await tree.settled();
    await press(tree, 'llll l');
    frame = renderFrame(<TreeView tree={tree} width={40} height={rows - 1} />, { columns, rows, theme });
    const lines = await frame.lines();
    expect(lines.slice(0, 4)).toEqual([
      '  v [-] corp.contoso.test',
      '    v [-] OU=People                1,204',
      '>     v [x] OU=Sales                 412',
      '          [x] OU=�[2J日本�',
    ]);
    expect(lines[5]).toBe('       -  CN=Users                    14');
    expect(lines[6]).toBe('');
  });
});

/** A tree of numbers in which the parent of n is n / 3. */
const parentOf = (id: string) => (Number(id) < 3 ? null : String(Math.floor(Number(id) / 3)));

describe('tri-state marks', () => {
  test('hold for nodes that are loaded later', () => {
    const marks = toggleTreeMark(new Map(), parentOf, '1');
    expect(isMarkedInTree(marks, parentOf, '9')).toBe(true);
    expect(markStateOf(marks, parentOf, '3')).toBe('on');
  });

  test('are partly set above a difference', () => {
    let marks = toggleTreeMark(new Map(), parentOf, '1');
    marks = toggleTreeMark(marks, parentOf, '9');
    expect(markStateOf(marks, parentOf, '1')).toBe('partly');
    expect(markStateOf(marks, parentOf, '4')).toBe('on');
    expect(markedSubtrees(marks)).toEqual({ included: ['1'], excluded: ['9'] });
    expect(markStateOf(toggleTreeMark(marks, parentOf, '1'), parentOf, '1')).toBe('on');
  });

  test('keep only the nodes where something changes', () => {
    const ids = fc.array(fc.integer({ min: 1, max: 80 }).map(String), { maxLength: 30 });
    fc.assert(
      fc.property(ids, (toggled) => {
        let marks: TreeMarks = new Map();
        for (const id of toggled) {
          const before = markStateOf(marks, parentOf, id);
          marks = toggleTreeMark(marks, parentOf, id);
          expect(markStateOf(marks, parentOf, id)).toBe(before === 'on' ? 'off' : 'on');
        }
        for (const [id, value] of marks) {
          const parent = parentOf(id);
          expect(value).toBe(!(parent !== null && isMarkedInTree(marks, parentOf, parent)));
        }
      }),
    );
  });
});
