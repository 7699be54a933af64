import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../scripts/setup.mjs', import.meta.url));

/** Threads run from the built program also where a test runs the source, so that it has to be up to date. */
export function setup(): void {
  execFileSync(process.execPath, [script], { stdio: 'inherit' });
}
