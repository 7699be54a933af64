// Prepares a fresh clone for `npm start` and `npm test`: installs the locked dependencies and builds the
// program, each only when something changed. Runs on any Node >= 20, before the pinned Node is there, so it
// is plain JavaScript without dependencies.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const installStamp = join(root, 'node_modules', '.mfa-console-install');
const buildStamp = join(root, 'dist', '.build');
const buildScripts = ['scripts/build.ts', 'scripts/bundle.ts', 'scripts/quick-start.ts'];

installWhenNeeded();
buildWhenNeeded();

function installWhenNeeded() {
  const wanted = digest([readFileSync(join(root, 'package-lock.json'))]);
  if (readStamp(installStamp) === wanted) return;
  tell('Installing dependencies (first start only, about a minute) ...');
  run(
    npmCommand(),
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    'The dependencies could not be installed.',
  );
  writeFileSync(installStamp, wanted);
}

function buildWhenNeeded() {
  const wanted = digest(
    [...filesBelow('src'), ...filesBelow('templates'), ...buildScripts, 'package-lock.json'].map((file) => {
      const { size, mtimeMs } = statSync(join(root, file));
      return `${file}:${size}:${mtimeMs}`;
    }),
  );
  if (readStamp(buildStamp) === wanted) return;
  tell('Building ...');
  run(pinnedNode(), ['scripts/build.ts'], 'The program could not be built.');
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(buildStamp, wanted);
}

function filesBelow(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length))
    .sort();
}

function digest(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function npmCommand() {
  return process.platform === 'win32' ? 'npm.cmd' : 'npm';
}

function pinnedNode() {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Runs quietly; what the command printed is shown only when it failed. Never writes to standard output. */
function run(command, args, failure) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status === 0) return;
  process.stderr.write(
    `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ? `${result.error.message}\n` : ''}`,
  );
  tell(failure);
  process.exit(1);
}

function tell(text) {
  process.stderr.write(`${text}\n`);
}
