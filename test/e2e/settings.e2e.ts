import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type PtyProgram, startInPty } from '../screens/helpers/pty.ts';
import { startMailServer, withoutTls } from '../servers/mail-server.ts';
import { builtProgram, type Installation, newInstallation } from './helpers/installation.ts';

const enter = '\r';
const down = '\x1b[B';
const right = '\x1b[C';
const save = '\x13';

async function openConsole(mfa: Installation, section: string, shown: string): Promise<PtyProgram> {
  const console = startInPty([process.execPath, builtProgram, '--data', mfa.folder]);
  onTestFinished(() => console.dispose());
  await console.waitFor('Data directory');
  console.write(section);
  await console.waitFor(shown);
  return console;
}

/** Goes down to a field, one line after the other, each when it is seen. */
async function toField(console: PtyProgram, label: string): Promise<void> {
  const focused = (screen: string) => /^>[* ] (.+?) {2}/m.exec(screen)?.[1];
  for (let steps = 0; steps < 40 && focused(console.text()) !== label; steps += 1) {
    const before = focused(console.text());
    console.write(down);
    await console.waitFor((screen) => ![before, undefined].includes(focused(screen)));
  }
  expect(focused(console.text())).toBe(label);
}

/** New installations have no users, so that the console begins with its first steps, which Esc skips. */
async function installation(): Promise<Installation> {
  const mfa = newInstallation();
  await mfa.json('users', 'add', 'ada');
  return mfa;
}

describe.skipIf(process.platform === 'win32')('company settings in the console', () => {
  test('go from one installation to another by a file, after a look at the differences', async () => {
    const [one, other] = await Promise.all([installation(), installation()]);
    await one.json('settings', 'set', 'companyName=Contoso', 'pinMinimumLength=6');
    const file = join(one.folder, 'settings.yaml');
    const exporting = await openConsole(one, '3', 'Company name');
    exporting.write('x');
    await exporting.waitFor('─ Export company settings');
    exporting.write(`${file}${save}`);
    await exporting.waitFor('Exported to');

    const importing = await openConsole(other, '3', 'Company name');
    importing.write('i');
    await importing.waitFor('─ Import company settings');
    importing.write(`${file}${save}`);
    await importing.waitFor(/Minimum length +4 digits -> 6 digits/);
    importing.write('i');
    await importing.waitFor('2 settings changed.');
    const settings = await other.json('settings', 'get');
    expect(settings).toEqual(await one.json('settings', 'get'));
  });

  test('that a command has changed meanwhile are written over only where they were changed here', async () => {
    const mfa = await installation();
    const console = await openConsole(mfa, '3', 'Company name');
    console.write(`${enter}Contoso`);
    await console.waitFor(/^>\* Company name +\[Contoso/m);
    await mfa.json('settings', 'set', 'defaultCountry=DE');
    console.write(save);
    await console.waitFor('─ Changed meanwhile');
    console.write(`${right}${enter}`);
    await console.waitFor('Default country: theirs DE');
    console.write(enter);
    await console.waitFor('─ Changed meanwhile');
    console.write(`${right}${right}${right}${enter}`);
    await console.waitFor('The company settings are saved.');
    expect(await mfa.json('settings', 'get')).toMatchObject({
      settings: { companyName: 'Contoso', defaultCountry: 'DE' },
    });
  });
});

describe.skipIf(process.platform === 'win32')('e-mail settings in the console', () => {
  test('are tested against a mail server before they are saved', async () => {
    const { port, arrivals } = await startMailServer(withoutTls);
    const mfa = await installation();
    const plain = ['--host', '127.0.0.1', '--security', 'none', '--accept-plain'];
    await mfa.json('email', 'settings', 'set', ...plain, '--from', 'mfa@corp.example');
    const console = await openConsole(mfa, '4', 'Mail server');
    await toField(console, 'Port');
    console.write(`${enter}${port}\x14`);
    await console.waitFor('─ Send a test');
    console.write(`ada@corp.example${save}`);
    await console.waitFor('The mail was taken over: 250');
    console.write(`${right}${enter}`);
    await console.waitFor(/sent +EHLO/);
    console.write('\x1b');
    await console.waitFor('[Settings]');
    expect(arrivals.map(({ receivers }) => receivers)).toEqual([['ada@corp.example']]);
    expect(await mfa.json('email', 'settings', 'get')).toMatchObject({ email: { port: null } });
    console.write(save);
    await console.waitFor('The e-mail settings are saved.');
    expect(await mfa.json('email', 'settings', 'get')).toMatchObject({ email: { port } });
  });
});
