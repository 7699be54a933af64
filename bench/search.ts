import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/core/clock.ts';
import type { Store } from '../src/core/store/store.ts';
import { type ListOptions, listUsers, sortColumns } from '../src/core/users/user-list.ts';
import type { UsersContext } from '../src/core/users/users-context.ts';
import { fillWithSyntheticUsers } from './synthetic-users.ts';

/**
 * Count and first page while somebody types, with 100,000 and 1,000,000 users. Prints one line of JSON:
 * milliseconds, `[median, slowest]` of each query; what must be reached is 50 and 100.
 */

const rounds = 7;
const pageSize = 50;

const queries: Record<string, ListOptions> = {
  everybody: {},
  'last page': { offset: Number.NaN },
  'first letter': { filter: 'p' },
  'two letters': { filter: 'pe' },
  'three letters': { filter: 'pen' },
  'four letters': { filter: 'peni' },
  'whole name': { filter: 'peniski bedeier' },
  'part of a name': { filter: 'niski' },
  'one user': { filter: 'bedeier776' },
  'no match': { filter: 'qqqq' },
  'three letters of every address': { filter: 'con' },
  'the mail domain of everybody': { filter: '@corp.contoso.test' },
  'the area code of nearly everybody': { filter: '+1425' },
  'state:enabled': { filter: 'state:enabled' },
  'state:disabled': { filter: 'state:disabled' },
  'state:blocked': { filter: 'state:blocked' },
  '-state:disabled': { filter: '-state:disabled' },
  'method:oathToken': { filter: 'method:oathToken' },
  'source:manual': { filter: 'source:manual' },
  'group:Sales has:phone': { filter: 'group:Sales has:phone' },
  'facet and letter': { filter: 'state:enabled p' },
  'facet and word': { filter: 'method:oathToken niski' },
  'rare facets and word': { filter: 'state:disabled source:manual pen' },
  ...Object.fromEntries(sortColumns.map((sort) => [`by ${sort}`, { sort }])),
  ...Object.fromEntries(sortColumns.map((sort) => [`two letters by ${sort}`, { filter: 'pe', sort }])),
  ...Object.fromEntries(
    sortColumns.map((sort) => [`letter by ${sort}, descending`, { filter: 'o', sort, descending: true }]),
  ),
  ...Object.fromEntries(sortColumns.map((sort) => [`name by ${sort}`, { filter: 'niski', sort }])),
};

/** Sizes from the command line, such as `node bench/search.ts 100000`; left out, both. */
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [100_000, 1_000_000];
const report: Record<string, unknown> = { bench: 'search', unit: 'ms, [median, slowest]' };
for (const size of sizes) report[String(size)] = measure(size);
process.stdout.write(`${JSON.stringify(report)}\n`);

function measure(size: number) {
  const folder = mkdtempSync(join(tmpdir(), 'mfa-bench-search-'));
  try {
    const store = fillWithSyntheticUsers(join(folder, 'mfa-console.db'), size);
    const times = Object.entries(queries).map(
      ([name, query]) => [name, timesOf(store, size, query)] as const,
    );
    store.close();
    const slowest = Math.max(...times.map(([, [, worst]]) => worst));
    const slowestMedian = Math.max(...times.map(([, [median]]) => median));
    return { slowestMedian, slowest, queries: Object.fromEntries(times) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function timesOf(store: Store, size: number, query: ListOptions): [median: number, slowest: number] {
  const context = { store, clock: systemClock } as UsersContext;
  const offset = Number.isNaN(query.offset) ? size - pageSize : 0;
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    listUsers(context, { ...query, offset, limit: pageSize });
    return performance.now() - start;
  }).sort((one, other) => one - other);
  return [round(times[Math.floor(rounds / 2)] ?? 0), round(times.at(-1) ?? 0)];
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
