// A program that appends audit events to a data directory, one transaction each, until it is killed.
import { openCore } from '../../src/core/core.ts';
import { locateDataDirectory } from '../../src/core/data-directory.ts';

const core = openCore({ dataDirectory: locateDataDirectory(process.argv[2], {}), actor: 'writer@test' });
for (let number = 1; ; number += 1) {
  core.audit.append({
    action: 'test.written',
    target: String(number),
    details: { padding: 'x'.repeat(500) },
  });
  if (number === 100) process.stdout.write('ready\n');
}
