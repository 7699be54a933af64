import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchedDirectory, reportedRun, startBenchedDirectory } from './benched-directory.ts';
import { figures, type Measured, median, rounded } from './measured-process.ts';

/**
 * The built program importing everybody of an OpenLDAP server into a new database, the same again with nothing
 * changed, and `ldapsearch` reading the same entries with the same attributes in pages as large. Prints one line
 * of JSON with ratios; what must be reached is 4 and 3, and 250 MB. `node bench/import.ts [PEOPLE]`.
 */

const people = Number(process.argv[2] ?? 100_000);
const rounds = 3;

const directory = await startBenchedDirectory({ users: people, kind: 'activeDirectory' });
try {
  process.stdout.write(`${JSON.stringify(measure(directory))}\n`);
} finally {
  await directory.stop();
}

function measure({ server, folder, search, configure, run }: BenchedDirectory) {
  const reads: number[] = [];
  const imports: Measured[] = [];
  const again: Measured[] = [];
  // One after the other in every round, so that what else the machine does meets all of them.
  for (let round = 0; round < rounds; round += 1) {
    reads.push(search());
    const data = join(folder, String(round));
    configure(data);
    imports.push(runImport(data, 'added'));
    again.push(runImport(data, 'unchanged'));
    rmSync(data, { recursive: true });
  }
  const ldapsearch = median(reads);
  return {
    bench: 'import',
    people,
    ldapsearchSeconds: rounded(ldapsearch),
    import: figures(imports, people, ldapsearch),
    importAgainUnchanged: figures(again, people, ldapsearch),
  };

  function runImport(data: string, expected: 'added' | 'unchanged'): Measured {
    // biome-ignore format: a command line
    const measured = run(data, 'import', '--container', server.peopleDn, '--phone', 'mobile', '--backup', 'business');
    reportedRun(measured, { [expected]: people });
    return measured;
  }
}
