import { describe, expect, test } from 'vitest';
import { drawTable, type TitledColumn } from '../../src/commands/table.ts';

const columns: TitledColumn[] = [
  { title: 'Username' },
  { title: 'Name' },
  { title: 'E-mail', isExtra: true },
  { title: 'State' },
  { title: 'Source', isExtra: true },
];
const cells = [
  ['abrown@corp.contoso.test', 'Ada Brown', 'abrown@contoso.test', 'enabled', 'import'],
  ['carla', 'Carla', '-', 'blocked', 'manual'],
];

test('a table has one line for each row, below its titles', () => {
  expect(drawTable(columns, cells).trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^┌─+┬/),
    expect.stringMatching(/^│ Username +│ Name +│ E-mail +│ State +│ Source │$/),
    expect.stringMatching(/^├─+┼/),
    expect.stringMatching(/^│ abrown@corp\.contoso\.test │ Ada Brown │ abrown@contoso\.test │/),
    expect.stringMatching(/^│ carla +│ Carla +│ - +│ blocked │ manual │$/),
    expect.stringMatching(/^└─+┴/),
  ]);
  expect(drawTable(columns, [])).toBe('');
});

test.each([
  [80, /│ abrown@corp\.contoso\.test │ Ada Brown │ abrown@contoso\.test │ enabled │\n/],
  [60, /│ abrown@corp\.contoso\.test │ Ada Brown │ enabled │\n/],
  [44, /│ abrown@corp\.contoso\.\.\. │ Ada\.\.\. │ ena\.\.\. │\n/],
  [40, /^│ Username +│ Name +│ State +│$/m],
])(
  'in %d columns the extra ones are left out first, and what a row is called by is cut last',
  (width, row) => {
    const table = drawTable(columns, cells, width);
    expect(table).toMatch(row);
    for (const line of table.trimEnd().split('\n')) expect(line.length).toBeLessThanOrEqual(width);
  },
);

describe('of a log, at 80 columns', () => {
  const log: TitledColumn[] = [
    { title: 'When', isWhole: true },
    { title: 'What' },
    { title: 'Target' },
    { title: 'Details', isExtra: true, least: 20 },
  ];
  const when = '2026-03-01 08:30:05';
  const details = 'phone: +14255550123 -> +14255550124, extension: 890 -> 891';

  test('the time stays whole, whatever else is cut', () => {
    const table = drawTable(log, [[when, 'user.edited', 'x'.repeat(200), details]], 80);
    expect(table).toContain(`│ ${when} │`);
    expect(table).not.toContain('Details');
  });

  test('details are cut where they still say something', () => {
    const table = drawTable(log, [[when, 'user.edited', 'ada', details]], 80);
    expect(table).toContain(`│ ${when} │ user.edited │ ada    │ phone: +14255550123 -> +1425`);
    for (const line of table.trimEnd().split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});
