import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handleInput } from '../../../src/screens/commands/layers.ts';
import { KeyDecoder } from '../../../src/screens/terminal/key-decoder.ts';
import { nextSort, placeColumns } from '../../../src/screens/widgets/table/columns.ts';
import {
  changeMarks,
  isMarked,
  type MarkMode,
  markedIds,
  noMarks,
} from '../../../src/screens/widgets/table/marks.ts';
import { initialTable, reduceTable, type TableState } from '../../../src/screens/widgets/table/state.ts';
import { createTable, type Table } from '../../../src/screens/widgets/table/table.ts';
import { type Person, personColumns, personSource, syntheticPeople } from '../helpers/synthetic-rows.ts';

async function tableOf(people: readonly Person[]) {
  const source = personSource(people);
  const table = createTable({ columns: personColumns, source, idOf: ({ id }) => id });
  await table.settled();
  return { table, source };
}

function press<Row>(table: Table<Row>, bytes: string): void {
  const layer = { name: 'list', commands: table.commands, capture: table.capture };
  for (const event of new KeyDecoder().push(Buffer.from(bytes))) handleInput([layer], event);
}

describe('the cursor of a list', () => {
  test('moves inside the page and scrolls at its edges', async () => {
    const { table } = await tableOf(syntheticPeople(100));
    press(table, 'j'.repeat(19));
    expect(table.state()).toMatchObject({ cursor: 19, top: 0 });
    press(table, 'j');
    expect(table.state()).toMatchObject({ cursor: 20, top: 1 });
    press(table, 'k'.repeat(19));
    expect(table.state()).toMatchObject({ cursor: 1, top: 1 });
  });

  test('turns pages, stops at both ends and reaches them at once', async () => {
    const { table } = await tableOf(syntheticPeople(50));
    press(table, '\x1b[6~');
    expect(table.state()).toMatchObject({ cursor: 20, top: 20 });
    press(table, '\x1b[6~\x1b[6~\x1b[6~');
    expect(table.state()).toMatchObject({ cursor: 49, top: 30 });
    press(table, 'g');
    expect(table.state()).toMatchObject({ cursor: 0, top: 0 });
    press(table, 'G');
    expect(table.state()).toMatchObject({ cursor: 49, top: 30 });
  });

  test('is always seen and always in the list', () => {
    const actions = fc.oneof(
      fc.record({ type: fc.constant('move' as const), by: fc.integer({ min: -50, max: 50 }) }),
      fc.record({ type: fc.constant('page' as const), by: fc.constantFrom(1 as const, -1 as const) }),
      fc.record({ type: fc.constant('go' as const), to: fc.constantFrom(0, 7, Number.MAX_SAFE_INTEGER) }),
      fc.record({ type: fc.constant('resize' as const), height: fc.integer({ min: 1, max: 60 }) }),
      fc.nat({ max: 130 }).map((total) => ({
        type: 'loaded' as const,
        revision: 1,
        block: 0,
        page: { rows: [], total, totalOfAll: null },
      })),
    );
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 40 }), (some) => {
        let state: TableState<string> = initialTable({ filter: '', sort: null });
        for (const action of some) state = reduceTable(state, action);
        const { cursor, top, height, total } = state;
        expect(cursor).toBeGreaterThanOrEqual(top);
        expect(cursor).toBeLessThan(top + height);
        if (total !== null) expect(cursor).toBeLessThan(Math.max(1, total));
      }),
    );
  });

  test('stays on its row and on its line after a refresh', async () => {
    const people = syntheticPeople(200);
    const { table } = await tableOf(people);
    press(table, 'j'.repeat(30));
    const { cursor, top } = table.state();
    people.splice(5, 3);
    await table.refresh();
    await table.settled();
    expect(table.current()?.id).toBe('id-30');
    expect(table.state().cursor - table.state().top).toBe(cursor - top);
  });

  test('goes to the end of the list when its row and those after it are gone', async () => {
    const people = syntheticPeople(100);
    const { table } = await tableOf(people);
    press(table, 'G');
    people.splice(40);
    await table.refresh();
    await table.settled();
    expect(table.current()?.id).toBe('id-39');
  });

  test('takes keys that come before the rows do', async () => {
    const { table } = await tableOf(syntheticPeople(100));
    press(table, 's');
    press(table, 'jjj');
    await table.settled();
    expect(table.current()?.id).toBe('id-3');
  });
});

describe('the rows of a list', () => {
  test('of 100,000 are loaded a block at a time, where they are seen', async () => {
    const { table, source } = await tableOf(syntheticPeople(100_000));
    press(table, 'G');
    await table.settled();
    expect(table.current()?.id).toBe('id-99999');
    expect(source.loads.length).toBeLessThan(6);
    for (let page = 0; page < 40; page++) {
      press(table, '\x1b[5~');
      await table.settled();
    }
    expect(table.state().blocks.size).toBeLessThanOrEqual(12);
  });

  test('of an older query are dropped', async () => {
    const { table } = await tableOf(syntheticPeople(100));
    press(table, '/badams\r');
    await table.settled();
    expect(table.state()).toMatchObject({ total: 2, totalOfAll: 100 });
    expect(table.current()?.username).toBe('badams000001');
    press(table, '\x1b');
    press(table, '/x\x7f\x1b\x1b');
    await table.settled();
  });

  test('come again after a failure only when somebody asks', async () => {
    let isBroken = true;
    let asked = 0;
    const good = personSource(syntheticPeople(10));
    const table = createTable({
      columns: personColumns,
      idOf: ({ id }) => id,
      source: {
        ...good,
        load: (...args) => {
          asked++;
          return isBroken ? Promise.reject(new Error('The store is busy.')) : good.load(...args);
        },
      },
    });
    await table.settled();
    press(table, 'jj');
    await table.settled();
    expect(table.state().failure).toBe('The store is busy. Press r to try again.');
    expect(asked).toBe(1);
    isBroken = false;
    await table.refresh();
    await table.settled();
    expect(table.state()).toMatchObject({ failure: null, total: 10 });
  });

  test('are sorted by the next column, and in reverse', async () => {
    const { table } = await tableOf(syntheticPeople(10));
    press(table, 'S');
    await table.settled();
    expect(table.current()?.id).toBe('id-9');
    expect(nextSort(personColumns, { column: 'username', isDescending: true })).toEqual({
      column: 'name',
      isDescending: false,
    });
    expect(nextSort(personColumns, { column: 'name', isDescending: false })?.column).toBe('username');
  });
});

describe('marks', () => {
  test('survive filter, sort and scrolling', async () => {
    const { table } = await tableOf(syntheticPeople(1000));
    press(table, ' j ');
    press(table, '/fischer\r');
    await table.settled();
    press(table, ' ');
    press(table, '\x1b');
    await table.settled();
    expect(table.markedOrCurrentIds()).toEqual(['id-0', 'id-2', 'id-40']);
  });

  test('are set for a range, for all that match, and inverted', async () => {
    const { table } = await tableOf(syntheticPeople(3000));
    press(table, 'jvjjjv');
    expect(table.markedOrCurrentIds()).toEqual(['id-1', 'id-2', 'id-3', 'id-4']);
    press(table, 'a');
    expect(table.isMarking()).toBe(true);
    await table.settled();
    expect(table.isMarking()).toBe(false);
    expect(table.state().marks.size).toBe(3000);
    press(table, 'g \x1b');
    press(table, '*');
    await table.settled();
    expect(table.markedOrCurrentIds()).toEqual(['id-0']);
    press(table, 'u');
    expect(table.markedOrCurrentIds()).toEqual(['id-1']);
  });

  test('are what a plain set would be', () => {
    const ids = fc.array(fc.nat({ max: 400 }).map(String), { maxLength: 300 });
    const modes = fc.constantFrom<MarkMode>('add', 'remove', 'toggle');
    fc.assert(
      fc.property(fc.array(fc.tuple(ids, modes), { maxLength: 8 }), (changes) => {
        let marks = noMarks;
        const plain = new Set<string>();
        for (const [some, mode] of changes) {
          marks = changeMarks(marks, some, mode);
          for (const id of some) {
            if (mode === 'add' || (mode === 'toggle' && !plain.has(id))) plain.add(id);
            else plain.delete(id);
          }
        }
        expect(new Set(markedIds(marks))).toEqual(plain);
        expect(marks.size).toBe(plain.size);
        for (const id of plain) expect(isMarked(marks, id)).toBe(true);
      }),
    );
  });
});

describe('columns', () => {
  test('share the room that is left', () => {
    expect(placeColumns(personColumns, 75).map(({ width }) => width)).toEqual([16, 33, 12, 8]);
  });

  test('of a high priority are left out where there is not enough room', () => {
    expect(placeColumns(personColumns, 45).map(({ id }) => id)).toEqual(['username', 'name', 'state']);
  });
});

describe('what the next key must wait for', () => {
  test('is the row under the cursor, and ids on their way to be marked', async () => {
    const { table } = await tableOf(syntheticPeople(5000));
    expect(table.pending()).toBeNull();
    press(table, '/ad');
    expect(table.pending()).not.toBeNull();
    await table.pending();
    expect(table.pending()).toBeNull();
    press(table, '\x15\r');
    await table.settled();
    press(table, 'G');
    await table.pending();
    expect(table.current()?.id).toBe('id-4999');
    press(table, '\x01');
    await table.pending();
    expect(table.state().marks.size).toBe(5000);
  });

  test('is nothing that never comes', async () => {
    const source = personSource(syntheticPeople(3));
    const fewer = { ...source, load: async () => ({ rows: [], total: 3, totalOfAll: 3 }) };
    const table = createTable({ columns: personColumns, source: fewer, idOf: ({ id }) => id });
    await table.settled();
    expect(table.pending()).toBeNull();
    const broken = { ...source, load: () => Promise.reject(new Error('no')) };
    const failing = createTable({ columns: personColumns, source: broken, idOf: ({ id }) => id });
    await failing.settled();
    expect(failing.pending()).toBeNull();
  });
});
