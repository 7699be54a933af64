import { attributeMap } from '../../src/core/directory/attributes.ts';
import type {
  Directory,
  DirectoryPage,
  DirectoryUser,
  UnusableEntry,
} from '../../src/core/directory/directory.ts';
import { type ImportRules, importRulesSchema } from '../../src/core/import/import-rules.ts';
import { type ImportOptions, runImport } from '../../src/core/import/run-import.ts';
import type { ImportRun, RunChange } from '../../src/core/runs/run.ts';
import type { TemporaryCore } from './temporary-core.ts';

/** A listing from memory, whose people a test changes between runs. It ends when it wants, not when it is cancelled. */
export class MemoryDirectory implements Pick<Directory, 'users'> {
  people: readonly DirectoryUser[];
  unusable: readonly UnusableEntry[] = [];
  pageSize = 500;
  /** Called before every page with how many people were given so far; what it throws ends the listing. */
  beforePage: (given: number) => unknown = () => undefined;

  constructor(people: readonly DirectoryUser[] = []) {
    this.people = people;
  }

  async *users(): AsyncGenerator<DirectoryPage> {
    const { people, unusable, pageSize } = this;
    for (let given = 0; given === 0 || given < people.length; given += pageSize) {
      await this.beforePage(given);
      yield {
        users: people.slice(given, given + pageSize),
        unusable: given === 0 ? [...unusable] : [],
      };
    }
  }
}

export interface MemoryImportOptions extends ImportOptions {
  rules?: Partial<ImportRules>;
  /** Attribute names that differ from those of Active Directory. */
  attributes?: Record<string, string>;
}

export interface MemoryImportResult {
  run: ImportRun;
  /** What happened to everybody, the unchanged ones too. */
  lines: RunChange[];
}

/** Imports a listing from memory, or people, into a core. */
export async function importInto(
  core: TemporaryCore,
  source: MemoryDirectory | readonly DirectoryUser[],
  { rules, attributes = {}, ...options }: MemoryImportOptions = {},
): Promise<MemoryImportResult> {
  const directory = source instanceof MemoryDirectory ? source : new MemoryDirectory(source);
  const request = {
    selection: { scope: 'filter', filter: '(objectClass=user)' } as const,
    rules: importRulesSchema.parse(rules ?? {}),
  };
  const services = {
    ...core,
    settings: core.companySettings.load(),
    attributes: attributeMap('activeDirectory', attributes),
    directory,
  };
  const lines: RunChange[] = [];
  const run = await runImport(request, services, {
    ...options,
    onChanges: async (changes) => {
      lines.push(...changes);
      await options.onChanges?.(changes);
    },
  });
  return { run, lines };
}

/** The kinds of change, by username. */
export function kindsOf(lines: readonly RunChange[]): Record<string, string> {
  return Object.fromEntries(lines.map(({ username, change }) => [username ?? '', change]));
}
