// Bundles the program into dist/: one entry, with what is loaded later in chunks of its own, so that a
// command loads only what it needs.
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { quickStart } from './quick-start.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

rmSync(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: {
    main: 'src/main.ts',
    // Threads, which `src/core/thread.ts` starts by these names.
    'reader-thread': 'src/core/directory/reader/reader-thread.ts',
    'import-thread': 'src/core/background/import-thread.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: false,
  legalComments: 'none',
  // Its native binary is found relative to the package.
  external: ['better-sqlite3'],
  alias: { 'react-devtools-core': `${root}scripts/empty-module.mjs` },
  plugins: [quickStart],
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.MFA_CONSOLE_VERSION': JSON.stringify(version),
  },
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
if (existsSync(`${root}templates`)) cpSync(`${root}templates`, `${root}dist/templates`, { recursive: true });
