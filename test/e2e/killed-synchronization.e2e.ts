import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { Attribute, Change, Client } from 'ldapts';
import { beforeAll, expect, test } from 'vitest';
import { SeededRandom } from '../helpers/seeded-random.ts';
import { describeWithServer, openLdapServer } from '../servers/require-server.ts';
import { connect, connectedDirectory } from './helpers/connected-directory.ts';
import { type Installation, newInstallation, sharedInstallation } from './helpers/installation.ts';
import { soundUserCount, waitForStored } from './helpers/stored-users.ts';

const people = 1800;
const changedPeople = 1500;
const leavers = 4;
const newPhones = `SELECT count(*) FROM users WHERE phone LIKE '+1425555%'`;

/** Moments all over the life of a run: after so many changed users, and some milliseconds later. */
const random = new SeededRandom('a killed synchronization');
const moments = [1, 500, 1000].flatMap((changed) =>
  [true, false].map((full) => ({ full, changed, laterMs: random.below(60) })),
);

interface RunList {
  runs: { state: string }[];
}

describeWithServer('a synchronization of 1,800 people, most of whom have changed', openLdapServer, () => {
  const directory = connectedDirectory(people, 'inetOrgPerson');
  /** Everybody as they were before anything changed in the directory. */
  const before = sharedInstallation();
  const reference = sharedInstallation();
  let undisturbed: Map<string, string>;

  beforeAll(async () => {
    await connect(before, directory.server, 'inetOrgPerson');
    await before.json(
      ...['sync', 'items', 'add', 'Everybody', ...directory.everybody],
      ...['--leavers', 'disable', '--enable', 'always'],
    );
    await before.json('sync', 'run');
    await changeDirectory();
    cpSync(before.folder, reference.folder, { recursive: true });
    const { run } = await reference.json<{ run: object }>('sync', 'run');
    expect(run).toMatchObject({ counts: { updated: changedPeople, added: 1, disabled: leavers } });
    undisturbed = storedUsers(reference);
  });

  test.each(moments)(
    'killed (full: $full) after $changed users and $laterMs ms has half written nobody, and the next one ends as if nothing had been',
    async (moment) => {
      const mfa = await killed(moment);
      const was = storedUsers(before);
      for (const [id, user] of storedUsers(mfa)) expect([was.get(id), undisturbed.get(id)]).toContain(user);
      expect((await mfa.json<RunList>('sync', 'runs')).runs[0]).toMatchObject({ state: 'interrupted' });

      const { run } = await mfa.json<{ run: object }>('sync', 'run');
      expect(run).toMatchObject({ state: 'completed', counts: { conflicts: 0, failed: 0, held: 0 } });
      expect(storedUsers(mfa)).toEqual(undisturbed);
      expect(await soundUserCount(mfa)).toBe(people + 1);
    },
  );

  /** A run killed at a moment; again when a busy machine came so late that it was over. */
  async function killed({ full, changed, laterMs }: (typeof moments)[number]): Promise<Installation> {
    for (;;) {
      const mfa = copy();
      const run = mfa.start('sync', 'run', ...(full ? ['--full'] : []));
      const ended = once(run, 'close');
      await waitForStored(mfa, ['SELECT count(*) - 1 FROM runs', 1], [newPhones, changed]);
      await sleep(laterMs);
      run.kill('SIGKILL');
      await ended;
      await soundUserCount(mfa);
      const [last] = (await mfa.json<RunList>('sync', 'runs')).runs;
      if (last?.state === 'interrupted') return mfa;
    }
  }

  function copy(): Installation {
    const mfa = newInstallation();
    cpSync(before.folder, mfa.folder, { recursive: true });
    return mfa;
  }

  /** Most get another phone, one is new, and some go where the item does not look. */
  async function changeDirectory(): Promise<void> {
    const { ldapUrl, admin, baseDn, peopleDn } = directory.server;
    const client = new Client({ url: ldapUrl });
    await client.bind(admin.dn, admin.password);
    const dn = (index: number) =>
      `UID=user${String(index).padStart(5, '0')},OU=Department ${index % 10},${peopleDn}`;
    for (let index = 0; index < changedPeople; index += 1) {
      const values = [`+1425555${String(index).padStart(4, '0')}`];
      const modification = new Attribute({ type: 'mobile', values });
      await client.modify(dn(index), new Change({ operation: 'replace', modification }));
    }
    await client.add(`OU=Elsewhere,${baseDn}`, { objectClass: 'organizationalUnit' });
    for (let index = people - leavers; index < people; index += 1) {
      await client.modifyDN(dn(index), dn(index).replace(/,OU=Department.*/, `,OU=Elsewhere,${baseDn}`));
    }
    const person = { objectClass: 'inetOrgPerson', cn: 'New', sn: 'New', mobile: '+14255559999' };
    await client.add(`UID=new,OU=Department 1,${peopleDn}`, person);
    await client.unbind();
  }
});

/** What runs decide about users, by directory id. */
function storedUsers(mfa: Installation): Map<string, string> {
  const database = new Database(mfa.database, { readonly: true, fileMustExist: true });
  try {
    const rows = database
      .prepare<[], { directory_id: string }>(
        `SELECT directory_id, username, first_name, last_name, email, phone, backup_phone, enabled, source,
           directory_dn, sync_item_id, sync_absence, sync_held FROM users`,
      )
      .all();
    return new Map(rows.map((row) => [row.directory_id, JSON.stringify(row)]));
  } finally {
    database.close();
  }
}
