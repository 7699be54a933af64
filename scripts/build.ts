import { cpSync, existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.ts';

/**
 * Builds the program into dist/: what every command needs in one file, what is loaded later in chunks of its own, so
 * that a command loads only what it needs; and each thread in one file.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const main = 'src/main.ts';

rmSync(`${root}dist`, { recursive: true, force: true });
await bundle(
  {
    main,
    // All that `users list` reads before it asks the database: one file, because each costs a millisecond.
    program: 'src/commands/program.ts',
    users: 'src/commands/users.ts',
    core: 'src/core/core.ts',
  },
  'dist',
  {
    groups: [
      { name: 'start', tags: ['$initial'], test: (id) => !id.endsWith(main), priority: 3 },
      // Commands draw their tables with it, and need nothing else of the console.
      { name: 'ink', test: /node_modules[\\/]ink[\\/]build[\\/]index\.js$/, priority: 2 },
      // What the first frame needs, with all that it imports.
      { name: 'console', test: /src[\\/]screens[\\/](console|status[\\/]screen)\.tsx$/, priority: 1 },
    ],
  },
);
// `src/core/thread.ts` starts them by these names.
await bundle({ 'reader-thread': 'src/core/directory/reader/reader-thread.ts' }, 'dist');
await bundle({ 'run-thread': 'src/core/background/run-thread.ts' }, 'dist');
await bundle({ 'inquiry-thread': 'src/core/background/inquiry-thread.ts' }, 'dist');
await bundle({ 'delivery-thread': 'src/core/background/delivery-thread.ts' }, 'dist');
if (existsSync(`${root}templates`)) cpSync(`${root}templates`, `${root}dist/templates`, { recursive: true });
