import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type OutputOptions } from 'rolldown';
import { plainBuiltins, quickStart } from './quick-start.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Packages of our packages that nothing here makes use of. */
const neverUsed = ['react-devtools-core', 'ajv/dist/2020.js', 'ajv-formats'];

const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };

/**
 * Bundles programs, as the product is bundled.
 * @param input the entry points by the names of their files; paths are relative to the project
 * @param codeSplitting what goes into chunks of its own; false for a program in one file
 */
export async function bundle(
  input: Readonly<Record<string, string>>,
  dir: string,
  codeSplitting: OutputOptions['codeSplitting'] = false,
): Promise<void> {
  await build({
    cwd: root,
    input: { ...input },
    platform: 'node',
    resolve: {
      alias: Object.fromEntries(neverUsed.map((name) => [name, `${root}scripts/empty-module.mjs`])),
    },
    plugins: [plainBuiltins, quickStart],
    transform: {
      target: 'node20',
      define: {
        'process.env.NODE_ENV': '"production"',
        'process.env.MFA_CONSOLE_VERSION': JSON.stringify(version),
      },
    },
    // What one importer loads when it is needed may be there from the start for another.
    checks: { ineffectiveDynamicImport: false },
    output: {
      dir,
      minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
      comments: false,
      ...(codeSplitting !== undefined && { codeSplitting }),
    },
    logLevel: 'warn',
  });
}
