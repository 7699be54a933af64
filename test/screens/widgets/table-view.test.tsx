import { afterEach, describe, expect, test } from 'vitest';
import { createTable, type Table } from '../../../src/screens/widgets/table/table.ts';
import { TableView } from '../../../src/screens/widgets/table/table-view.tsx';
import { type Frame, renderFrame, themes } from '../helpers/render-frame.tsx';
import { type Person, personColumns, personSource, syntheticPeople } from '../helpers/synthetic-rows.ts';

const hundredThousand = syntheticPeople(100_000);
let frame: Frame | undefined;

afterEach(() => frame?.close());

async function tableOf(people: readonly Person[]): Promise<Table<Person>> {
  const table = createTable({ columns: personColumns, source: personSource(people), idOf: ({ id }) => id });
  table.dispatch({ type: 'resize', height: 22 });
  await table.settled();
  return table;
}

describe.each([
  [80, 24],
  [120, 40],
])('a table of 100,000 rows at %i x %i', (columns, rows) => {
  test('shows one line a row and the cursor by a mark', async () => {
    const table = await tableOf(hundredThousand);
    frame = renderFrame(<TableView table={table} width={columns} height={rows - 1} />, { columns, rows });
    await table.settled();
    const lines = await frame.lines();
    expect(lines[0]).toMatch(/^ {5}Username \^ +Name +Method +State$/);
    expect(lines[1]).toMatch(/^> {4}aadams000000 +Ada Adams +Phone call +blocked$/);
    expect(lines[rows - 2]).toContain(String(rows - 3).padStart(6, '0'));
    expect(lines[rows - 1]).toBe('');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  test('goes to its end at once', async () => {
    const table = await tableOf(hundredThousand);
    frame = renderFrame(<TableView table={table} width={columns} height={rows - 1} />, { columns, rows });
    await table.settled();
    table.run('table.last');
    await table.settled();
    const lines = await frame.lines();
    expect(lines[rows - 2]).toMatch(/^> .*099999/);
  });
});

test('moving the cursor inside the page rewrites two lines', async () => {
  const table = await tableOf(hundredThousand);
  frame = renderFrame(<TableView table={table} width={80} height={23} />);
  await frame.written();
  table.run('table.down');
  expect((await frame.written()).length).toBeLessThan(300);
  expect((await frame.lines())[2]).toMatch(/^> /);
});

test('without colour and in ASCII the cursor and the marks are still seen', async () => {
  const table = await tableOf(hundredThousand);
  frame = renderFrame(<TableView table={table} width={80} height={23} />, { theme: themes.ascii });
  table.run('table.mark');
  const text = await frame.text();
  expect(text).toMatch(/^ \[x\] aadams000000/m);
  expect(text).toMatch(/^> {4}badams000001/m);
  expect(text).toMatch(/^[\x20-\x7e\n]*$/);
});

test('rows have signs of their own until they are marked', async () => {
  const table = await tableOf(syntheticPeople(3));
  const signOf = ({ state }: Person) => (state === 'blocked' ? ' - ' : undefined);
  frame = renderFrame(<TableView table={table} width={80} height={23} showsEmptyMarks signOf={signOf} />);
  table.run('table.down');
  expect((await frame.lines()).slice(1, 4).map((line) => line.slice(0, 5))).toEqual([
    '  -  ',
    '>[ ] ',
    ' [ ] ',
  ]);
  table.run('table.first');
  table.run('table.mark');
  expect((await frame.lines())[1]).toMatch(/^ \[x\] /);
});

test.each([
  ['escape sequences', '\x1b[2J\x1b[31mred\x1b]0;title\x07\r\n\t\b'],
  ['wide characters', '日本語の名前をもつ人がここにいます日本語の名前'],
  ['right-to-left text and marks', '\u202eevil\u202c مرحبا بالعالم שלום'],
  ['pictures', '👨‍👩‍👧‍👦👍🏽🇩🇪❤️ smile 😀😀😀😀'],
  ['a pile of accents', `Z${'\u0301'.repeat(300)}algo`],
  ['10 kB', 'x'.repeat(10_000)],
  ['nothing', ''],
])('a name of %s breaks no line', async (_, name) => {
  const people = syntheticPeople(30).map((person, index) => (index % 3 === 0 ? { ...person, name } : person));
  const table = await tableOf(people);
  frame = renderFrame(<TableView table={table} width={80} height={23} />);
  const lines = await frame.lines();
  expect(lines).toHaveLength(24);
  for (const [index, line] of lines.slice(1, 23).entries()) {
    expect(line).toContain(String(index).padStart(6, '0'));
    expect(line).toMatch(/(enabled|blocked)$/);
  }
  expect(lines[23]).toBe('');
});

test('says that nothing matches, and that reading failed', async () => {
  const table = await tableOf(syntheticPeople(3));
  frame = renderFrame(<TableView table={table} width={80} height={23} />);
  table.dispatch({ type: 'filter', filter: 'nobody' });
  await table.settled();
  expect(await frame.text()).toContain('Nothing matches the filter. Esc clears it.');
  const broken = createTable({
    columns: personColumns,
    source: { load: () => Promise.reject(new Error('The store is busy.')), ids: async () => [] },
    idOf: ({ id }: Person) => id,
  });
  await broken.settled();
  frame.rerender(<TableView table={broken} width={80} height={23} />);
  expect(await frame.text()).toContain('The store is busy. Press r to try again.');
});
