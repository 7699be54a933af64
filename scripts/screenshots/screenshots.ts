import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PtyProgram, startInPty } from '../../test/screens/helpers/pty.ts';
import { screenSvg } from './screen-svg.ts';

/** Draws the pictures of the documents from the built program over the sample directory. */

const root = join(import.meta.dirname, '../..');
const program = join(root, 'dist/main.js');
const pictures = join(root, 'docs/pictures');
const data = mkdtempSync(join(tmpdir(), 'mfa-console-pictures-'));

function run(...args: string[]): void {
  execFileSync(process.execPath, [program, ...args, '--data', data, '--yes'], { stdio: 'ignore' });
}

/** Runs a command that fails: nothing says yet how mail leaves, which is the reason that the outbox gives. */
function runInVain(...args: string[]): void {
  const { status } = spawnSync(process.execPath, [program, ...args, '--data', data, '--yes']);
  if (status !== 1) throw new Error(`${args.join(' ')} ended with ${status}.`);
}

function save(console: PtyProgram, name: string): void {
  writeFileSync(join(pictures, `${name}.svg`), screenSvg(console.emulator));
}

try {
  mkdirSync(pictures, { recursive: true });
  for (const unit of ['Sales', 'Finance', 'Marketing']) {
    run('import', '--container', `OU=${unit},DC=corp,DC=contoso,DC=test`, '--method', 'mobileApp');
  }
  run('users', 'block', 'asmith@corp.contoso.test', '--reason', 'lost laptop');
  runInVain('users', 'send-email', '--filter', 'smith');
  run('email', 'settings', 'set', '--host', 'mail.corp.contoso.test', '--from', 'mfa@corp.contoso.test');
  const console = startInPty([process.execPath, program, '--data', data], { columns: 100, rows: 26 });
  try {
    await console.waitFor('Data directory');
    save(console, 'status');
    console.write('2');
    await console.waitFor('Username');
    await console.waitFor('abrown');
    save(console, 'users');
    console.write('/smith\r');
    await console.waitFor('4 of');
    console.write('\r');
    await console.waitFor('First name');
    save(console, 'user');
    console.write('\x1b\x1b');
    await console.waitFor('q Quit');
    console.write('i');
    await console.waitFor('385 users');
    await console.waitFor('OU=Engineering');
    // OU=Engineering.
    console.write('jjjj ');
    await console.waitFor(/Whom: .*123 users/);
    await console.waitFor(/OU=Engineering and below +123 users/);
    save(console, 'import');
    console.write('p');
    await console.waitFor(/Users > .* > Preview/);
    await console.waitFor('i Import');
    save(console, 'preview');
    console.write('\x1b');
    await console.waitFor('p Preview');
    console.write('3');
    await console.waitFor('Default country');
    console.write('\x1b[B\x1b[B\x1b[B\r');
    await console.waitFor(/> +Default method/);
    console.write('\x1b[C');
    await console.waitFor('Ctrl+S Save');
    save(console, 'company-settings');
    console.write('\x1a\x1b4');
    await console.waitFor('Give up after');
    save(console, 'email-settings');
    console.write(']');
    await console.waitFor('Hello Amara');
    save(console, 'email-content');
    console.write('\r');
    await console.waitFor(/> +Plain text/);
    console.write('\x10Good morning! ');
    await console.waitFor('Good morning! Hello Amara');
    save(console, 'mail-template');
    console.write('\x1a\x1b\x1b');
    await console.waitFor('[Email Content]');
    console.write(']');
    await console.waitFor('asmith');
    save(console, 'outbox');
  } finally {
    console.dispose();
  }
} finally {
  rmSync(data, { recursive: true, force: true });
}
