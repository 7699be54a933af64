import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const source = path.resolve(import.meta.dirname, '../src');

/** Parts of the core from the bottom up: a part may use those of its own level and below. */
const coreLevels = [
  ['store'],
  ['secrets', 'audit', 'tls', 'liquid'],
  ['settings', 'users', 'directory'],
  ['runs', 'import', 'email', 'gateways', 'wordings'],
  ['sync'],
  ['core.ts'],
  ['backup', 'exchange', 'status', 'background', 'preferences', 'personal-data'],
  ['service.ts'],
];

/** Every import of a file of ours, as paths below `src`; types count like values. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(source, file), 'utf8');
  const statements = /^(?:import|export)\b[^;]*?\bfrom '([^']+)'|\bimport\('([^']+)'\)|^import '([^']+)'/gm;
  return [...text.matchAll(statements)]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .filter((name) => name.startsWith('.'))
    .map((name) => path.posix.join(path.posix.dirname(file), name));
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => /\.tsx?$/.test(file));
const graph = new Map(files.map((file) => [file, importsOf(file)]));
const arrows = [...graph].flatMap(([from, targets]) => targets.map((to) => ({ from, to })));

/** The part of the program that a file belongs to: `main`, `commands`, `screens` or `core`. */
const partOf = (file: string) => file.split('/')[0] ?? '';

/** Which level of the core; -1 for the other files of its root, which everything may use. */
function levelOf(file: string): number {
  const [, name = ''] = file.split('/');
  return coreLevels.findIndex((level) => level.includes(name));
}

function firstCircle(): string[] | null {
  const done = new Set<string>();
  const trail: string[] = [];
  function visit(file: string): string[] | null {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return null;
    trail.push(file);
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next);
      if (circle !== null) return circle;
    }
    trail.pop();
    done.add(file);
    return null;
  }
  for (const file of files) {
    const circle = visit(file);
    if (circle !== null) return circle;
  }
  return null;
}

describe('imports', () => {
  test('are all seen by this test', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(arrows.filter(({ to }) => !graph.has(to) && !to.endsWith('.json'))).toEqual([]);
    const withoutArrows = files.filter((file) => graph.get(file)?.length === 0);
    expect(withoutArrows.length).toBeLessThan(files.length / 3);
  });

  test('make no circle', () => expect(firstCircle()).toBeNull());

  test.each([
    ['core', ['core']],
    ['commands', ['commands', 'core']],
    ['screens', ['screens', 'core']],
  ])('of %s go to %j', (part, allowed) => {
    expect(arrows.filter(({ from, to }) => partOf(from) === part && !allowed.includes(partOf(to)))).toEqual(
      [],
    );
  });

  test('of the core go down', () => {
    const inCore = arrows.filter(({ from, to }) => partOf(from) === 'core' && partOf(to) === 'core');
    expect(inCore.filter(({ from, to }) => levelOf(to) > levelOf(from))).toEqual([]);
  });

  test('name a known part of the core', () => {
    const folders = files.filter((file) => partOf(file) === 'core' && file.split('/').length > 2);
    expect(folders.filter((file) => levelOf(file) === -1)).toEqual([]);
  });

  test('keep the screens away from database and directory protocols', () => {
    const hidden = /^core\/(store|directory\/(ldap|sample))\//;
    expect(arrows.filter(({ from, to }) => partOf(from) === 'screens' && hidden.test(to))).toEqual([]);
  });

  test.each([
    ['core', /^(react|ink|commander)\b/],
    ['commands', /^(better-sqlite3|kysely|ldapts)\b/],
    ['screens', /^(better-sqlite3|kysely|ldapts)\b/],
  ])('of %s use no package that belongs elsewhere', (part, forbidden) => {
    const guilty = files.filter((file) => {
      if (partOf(file) !== part) return false;
      const text = readFileSync(path.join(source, file), 'utf8');
      return [...text.matchAll(/\bfrom '([^'.][^']*)'/g)].some(([, name = '']) => forbidden.test(name));
    });
    expect(guilty).toEqual([]);
  });
});
