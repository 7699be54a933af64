// Writes docs/keys.md from the tables of commands: `npm run keys`. A test fails when it is out of date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from '../src/screens/commands/command.ts';
import { keysDocument } from '../src/screens/commands/generated-help.ts';
import { sections } from '../src/screens/sections.ts';
import { sectionCommands } from '../src/screens/shell/shell-keys.ts';

const root = join(import.meta.dirname, '..');
export const keysFile = join(root, 'docs', 'keys.md');

type Table = readonly Command<never>[];

/** Every table of commands that the console defines: the shell's, those of the sections, those of widgets. */
export async function everyTable(): Promise<readonly Table[]> {
  const folder = join(root, 'src', 'screens');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const tables: Table[] = [sectionCommands(sections)];
  for (const file of files) tables.push(...(await tablesOf(join(folder, file))));
  return tables;
}

function rank(file: string): number {
  if (file.startsWith('shell/')) return 0;
  return file.startsWith('widgets/') ? 2 : 1;
}

/** In the order of the file. Others are not loaded: Node itself reads none that draws. */
async function tablesOf(file: string): Promise<Table[]> {
  const names = [...readFileSync(file, 'utf8').matchAll(/^export const (\w+) = defineCommands\b/gm)];
  if (names.length === 0) return [];
  const exported: Record<string, Table> = await import(pathToFileURL(file).href);
  return names.map(([, name = '']) => exported[name] ?? []);
}

if (import.meta.main) writeFileSync(keysFile, keysDocument(await everyTable()));
