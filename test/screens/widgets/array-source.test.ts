import { expect, test } from 'vitest';
import { arraySource } from '../../../src/screens/widgets/table/array-source.ts';
import type { TableColumn } from '../../../src/screens/widgets/table/columns.ts';

interface Row {
  readonly name: string;
  readonly count: number;
}

const columns: readonly TableColumn<Row>[] = [
  { id: 'name', title: 'Name', minWidth: 8, value: ({ name }) => name },
  { id: 'count', title: 'Count', minWidth: 8, value: ({ count }) => String(count) },
];

const byCount = { column: 'count', isDescending: false };

test('rows in memory are filtered by all words in any column, and sorted as numbers where they are', async () => {
  const rows = [
    { name: 'Ada Smith', count: 10 },
    { name: 'Bob Smith', count: 9 },
    { name: 'Ada Day', count: 9 },
  ];
  const source = arraySource(
    () => rows,
    columns,
    ({ name }) => name,
  );
  const names = async (filter: string, isDescending = false) =>
    (await source.load({ filter, sort: { ...byCount, isDescending } }, 0, 10, null)).rows.map(
      ({ name }) => name,
    );
  expect(await names('')).toEqual(['Bob Smith', 'Ada Day', 'Ada Smith']);
  expect(await names('', true)).toEqual(['Ada Smith', 'Ada Day', 'Bob Smith']);
  expect(await names('SMITH ada')).toEqual(['Ada Smith']);
  expect(await names('9 smith')).toEqual(['Bob Smith']);
  expect(await source.ids({ filter: 'ada', sort: null }, 1, 5)).toEqual(['Ada Day']);
  expect(await source.locate?.({ filter: 'ada', sort: null }, 'Ada Day', 0)).toBe(1);
  expect(await source.locate?.({ filter: 'ada', sort: null }, 'Bob Smith', 0)).toBeNull();
});

test('rows that are added while they are looked at are seen', async () => {
  const rows: Row[] = [];
  const source = arraySource(
    () => rows,
    columns,
    ({ name }) => name,
  );
  const query = { filter: '', sort: null };
  expect(await source.load(query, 0, 10, null)).toMatchObject({ total: 0, totalOfAll: 0 });
  rows.push({ name: 'Ada', count: 1 });
  expect(await source.load(query, 0, 10, null)).toMatchObject({ total: 1, totalOfAll: 1 });
});
