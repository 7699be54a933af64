import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sections } from '../../src/screens/sections.ts';
import {
  fakeBaseDn,
  fakeGroup,
  fakePeople,
  fakePerson,
  fakePersonDn,
  fakeStaff,
} from '../helpers/fake-entries.ts';
import { harmfulCharacters, hostileTexts } from '../helpers/hostile-texts.ts';
import type { PtyProgram } from '../screens/helpers/pty.ts';
import { type FakeLdap, startFakeLdap } from '../servers/fake-ldap.ts';
import type { FakeEntry } from '../servers/fake-ldap-entries.ts';
import { escapeDnValue } from '../servers/ldif.ts';
import { type ConsoleInTerminalOptions, startConsole } from './helpers/console-in-terminal.ts';
import { connectToFake } from './helpers/fake-directory.ts';
import { frameFaults, hasColour } from './helpers/frames.ts';
import { sharedInstallation } from './helpers/installation.ts';
import { missMails } from './helpers/queued-mails.ts';
import { type WalkedScreen, walkedScreens } from './helpers/screens.ts';

const domain = { dn: fakeBaseDn, attributes: { objectClass: ['top', 'domainDNS'] } };
const id = (fill: number) => ({ objectGUID: Buffer.alloc(16, fill) });
const staff = fakeStaff({ name: 'Staff', ...id(0xf0) });
/** The directory id of the person of number 1. */
const person = '00000000-0000-0000-0000-000000000002';
const newcomers = fakePeople(103).slice(100);

/** A company of ordinary people, and one whose every name does harm where it is taken for more than data. */
const companies: Record<'ordinary' | 'hostile', () => FakeEntry[]> = {
  ordinary: () => [
    domain,
    staff,
    ...fakePeople(30),
    fakeGroup('Sales', [fakePersonDn(1), fakePersonDn(2)], {
      name: 'Sales',
      objectCategory: 'group',
      ...id(0xf1),
    }),
  ],
  hostile: () => [
    domain,
    staff,
    ...hostileTexts.flatMap((text, index) => [
      fakePerson(index, {
        sAMAccountName: `${String(index).padStart(2, '0')} ${text}`,
        ...{ givenName: text, sn: text, mail: text, description: text, mobile: text, department: text },
      }),
      fakeGroup(`Group ${index}`, [fakePersonDn(index)], {
        name: text,
        objectCategory: 'group',
        ...id(index + 1),
      }),
      {
        dn: `OU=${escapeDnValue(text)},${fakeBaseDn}`,
        attributes: { objectClass: 'organizationalUnit', name: text, ou: text, ...id(0x80 + index) },
      },
    ]),
  ],
};

test('every section has screens in the walk', () => {
  const screens = walkedScreens({ csv: 'users.csv', settings: 'settings.yaml', person });
  expect([...new Set(screens.map(({ section }) => section))]).toEqual(sections.map(({ id }) => id));
});

/** One that cannot be reached, so that a test of it ends at once. */
const mailServer = ['--host', '127.0.0.1', '--port', '1', '--from', 'mfa@corp.example'];

interface Walk extends ConsoleInTerminalOptions {
  readonly terminal: string;
  readonly company: keyof typeof companies;
}

const walks: readonly Walk[] = [
  { terminal: '80x24', company: 'ordinary' },
  { terminal: '120x40', company: 'ordinary', columns: 120, rows: 40 },
  { terminal: 'ASCII', company: 'ordinary', args: ['--ascii'] },
  { terminal: 'NO_COLOR', company: 'ordinary', env: { NO_COLOR: '1' } },
  { terminal: 'Windows', company: 'ordinary', asOnWindows: true },
  { terminal: '80x24', company: 'hostile' },
  { terminal: '120x40', company: 'hostile', columns: 120, rows: 40 },
];

describe.skipIf(process.platform === 'win32').each(['ordinary', 'hostile'] as const)(
  '%s names',
  (company) => {
    const mfa = sharedInstallation();
    const csv = join(mfa.folder, '..', 'users.csv');
    const settings = join(mfa.folder, '..', 'settings.yaml');
    let server: FakeLdap;

    beforeAll(async () => {
      const entries = companies[company]();
      server = await startFakeLdap({ entries });
      await connectToFake(mfa, server);
      const rules = ['--enable', 'always', '--method', 'phoneCall'];
      await mfa.json('import', '--container', fakeBaseDn, ...rules);
      await mfa.json('sync', 'items', 'add', 'Everybody', '--container', staff.dn, '--leavers', 'disable');
      await mfa.json('sync', 'run');
      // More than may be disabled without approval.
      const leavers = new Set(entries.filter(({ dn }) => dn.startsWith('CN=user')).slice(0, 7));
      server.state.entries = entries.filter((entry) => !leavers.has(entry));
      expect((await mfa.run('sync', 'run')).exitCode).toBe(3);
      await missMails(mfa);
      server.state.entries = [...entries, ...newcomers];
      await mfa.json('email', 'settings', 'set', ...mailServer);
      writeFileSync(settings, 'companyName: Contoso\n');
      writeFileSync(csv, (await mfa.run('users', 'export')).stdout);
    });

    afterAll(() => server?.stop());

    describe.each(walks.filter((walk) => walk.company === company))('in a terminal of $terminal', (walk) => {
      const { columns = 80, rows = 24 } = walk;
      let console: PtyProgram | undefined;

      async function atStatus(): Promise<PtyProgram> {
        if (console) return console;
        console = startConsole(mfa, walk);
        await console.waitFor('> Warnings');
        return console;
      }

      // The next screen is not to suffer from what went wrong in this one.
      afterEach(({ task }) => {
        if (task.result?.state === 'fail') leave();
      });
      afterAll(leave);
      function leave() {
        console?.dispose();
        console = undefined;
      }

      test.each(walkedScreens({ csv, settings, person }))('$section: $name', async (screen) => {
        const console = await atStatus();
        async function whole(seen: RegExp, width = columns, height = rows) {
          const isRight = (text: string) => seen.test(text) && faults().length === 0;
          const faults = () => faultsOf(console, walk, width, height);
          await console.waitFor(isRight).catch((error: Error) => {
            throw new Error(`${error.message}\n${seen} ${faults().join(', ')}`);
          });
        }
        await goTo(console, screen, whole);

        const seen = screen.way.at(-1)?.[1] ?? /$^/;
        console.resize(60, 15);
        await console.waitFor('MFA Console needs 80x24; this terminal is 60x15.');
        const [width, height] = columns === 80 ? [120, 40] : [80, 24];
        console.resize(width, height);
        await whole(seen, width, height);
        console.resize(columns, rows);
        await whole(seen);

        await goBack(console, screen.back);
      });
    });
  },
);

/** To the first tab of any section; where there are none, the key does nothing. */
const mostTabs = 12;

/** From a first screen of a section to another screen, until its frame is whole. */
async function goTo(
  console: PtyProgram,
  screen: WalkedScreen,
  whole: (seen: RegExp) => Promise<void>,
): Promise<void> {
  const section = sections.findIndex(({ id }) => id === screen.section);
  console.write(`${section + 1}`);
  await console.waitFor(
    (text) => isTop(text) && text.startsWith(` MFA Console  ${sections[section]?.title}`),
  );
  // Not right after the Esc of the way back: together they would begin the sequence of a function key.
  console.write('['.repeat(mostTabs));
  for (const [keys, seen] of screen.way) {
    console.write(keys);
    await whole(seen);
  }
}

/** Esc until the first screen of the section is there; then what the way has done to it is undone. */
async function goBack(console: PtyProgram, back: string): Promise<void> {
  let shown = console.text();
  while (!isTop(shown)) {
    console.write('\x1b');
    const before = shown;
    shown = await console.waitFor((text) => text !== before);
  }
  console.write(back);
}

function isTop(text: string): boolean {
  return /^ [^>]*\n/.test(text) && / q Quit *\n/.test(text);
}

/** What is wrong with what stands on the screen now. */
function faultsOf({ emulator, text }: PtyProgram, walk: Walk, columns: number, rows: number): string[] {
  const screen = text();
  // Letters are data, whatever their alphabet.
  const isPlain = walk.args?.includes('--ascii') !== true || /^[\n\x20-\x7e\p{L}\p{M}]*$/u.test(screen);
  const isColoured = walk.env?.NO_COLOR === undefined;
  return [
    ...frameFaults(emulator, columns, rows),
    ...(harmfulCharacters.test(screen.replaceAll('\n', '')) ? ['a harmful character'] : []),
    ...(isPlain ? [] : ['a character that is not ASCII']),
    ...(hasColour(emulator) === isColoured ? [] : [isColoured ? 'no colour' : 'a colour']),
  ];
}
