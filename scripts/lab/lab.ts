import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openLdapServer, sambaServer, whyLeftOut } from '../../test/servers/require-server.ts';
import { type LabType, labTypes, startLabDirectory } from './lab-directory.ts';
import { startMailSink } from './mail-sink.ts';

/**
 * A directory with people and a server that takes mail, for trying things out: `npm run lab [-- samba|openldap]
 * [--users N]`. Everything listens on loopback, and Ctrl+C removes all of it.
 */

const requirements = { samba: sambaServer, openldap: openLdapServer };

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { users: { type: 'string', default: '120' } },
});
const users = Number(values.users);
const type = chooseType(positionals[0]);
if (type === null || !Number.isInteger(users) || users < 2) process.exit(2);

const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
// npm passes Ctrl+C on that the terminal has sent already: the second one must not end the cleaning up.
process.on('SIGINT', stop);
process.on('SIGTERM', stop);

tell(`Starting ${requirements[type].name} with ${users} people ...`);
const directory = await startLabDirectory(type, users);
const sink = await startMailSink(tell);
const folder = mkdtempSync(join(tmpdir(), 'mfa-console-lab-'));
const passwordFile = join(folder, 'bind-password');
try {
  writeFileSync(passwordFile, directory.bindPassword, { mode: 0o600 });
  tell(`
${directory.name} is there, and mail is taken at ${sink.host}:${sink.port}. In another terminal:

  export MFA_CONSOLE_DATA=${join(folder, 'data')}
  npm start --silent -- directory set --type ${directory.type} --url ${directory.url} \\
      --ca-file ${directory.caFile} \\
      --bind-user '${directory.bindUser}' --bind-password-file ${passwordFile}
  npm start --silent -- directory test
  npm start --silent -- import --container '${directory.container}' --dry-run
  npm start

Ctrl+C stops the servers and removes what they and these commands have written.`);
  await stopped;
} finally {
  await Promise.all([directory.stop(), sink.stop()]);
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** The one that was asked for, else the first that this machine has. */
function chooseType(asked: string | undefined): LabType | null {
  if (asked !== undefined && !labTypes.some((known) => known === asked)) {
    tell(`There is no lab "${asked}". There are: ${labTypes.join(', ')}.`);
    return null;
  }
  const wanted = labTypes.filter((known) => asked === undefined || known === asked);
  const found = wanted.find((known) => whyLeftOut(requirements[known]) === undefined);
  if (found === undefined) for (const known of wanted) tell(`Missing: ${whyLeftOut(requirements[known])}`);
  return found ?? null;
}

function tell(text: string): void {
  process.stdout.write(`${text}\n`);
}
