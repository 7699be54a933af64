import { describe, expect, it } from 'vitest';
import type { DirectoryUser } from '../../../src/core/directory/directory.ts';
import { directorySettingsSchema } from '../../../src/core/directory/directory-settings.ts';
import { importRulesSchema } from '../../../src/core/import/import-rules.ts';
import { importSettings } from '../../../src/core/settings/change-settings.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

const rules = importRulesSchema.parse({});

/** Two people of the sample company; the first one is a user. */
async function coreWith(usernameResolution: 'asGiven' | 'directoryId') {
  const core = temporaryCore();
  importSettings(core, { usernameResolution });
  const [known, unknown] = await twoPeople(core);
  await core.importUsers({ selection: { scope: 'users', names: [known.directoryId] }, rules });
  return { core, known, unknown };
}

interface Person extends DirectoryUser {
  readonly username: string;
  readonly accountName: string;
}

async function twoPeople(core: TemporaryCore): Promise<[Person, Person]> {
  const directory = await core.openDirectory();
  try {
    const { users } = await directory.search('smith', 20);
    const [first, second] = users.filter(
      (user): user is Person =>
        user.accountName !== null && user.username !== null && user.username !== user.accountName,
    );
    if (first === undefined || second === undefined) throw new Error('The sample has too few people.');
    return [first, second];
  } finally {
    await directory.close();
  }
}

const waysToWrite: [string, (person: Person) => string][] = [
  ['a user principal name', ({ username }) => username.toUpperCase()],
  ['an account name', ({ accountName }) => accountName],
  ['a domain and an account name', ({ accountName }) => `CORP\\${accountName}`],
];

describe("by the directory's unique id", () => {
  it.each(waysToWrite)('%s leads to the same user', async (_, write) => {
    const { core, known } = await coreWith('directoryId');
    expect((await core.resolveUser(write(known))).directoryId).toBe(known.directoryId);
  });

  it('a name belongs to whom it belongs in the directory now', async () => {
    const { core, known, unknown } = await coreWith('directoryId');
    await core.users.edit(known.username, { username: unknown.username });
    expect((await core.resolveUser(known.username)).username).toBe(unknown.username);
    await expect(core.resolveUser(unknown.username)).rejects.toMatchObject({ code: 'user.notFound' });
  });

  it('a person of the directory who is no user here is not found', async () => {
    const { core, unknown } = await coreWith('directoryId');
    await expect(core.resolveUser(unknown.username)).rejects.toMatchObject({ code: 'user.notFound' });
  });

  it('a user whose name the directory does not have any more is found', async () => {
    const { core, known } = await coreWith('directoryId');
    await core.users.edit(known.username, { username: 'left.the.company' });
    expect((await core.resolveUser('Left.The.Company')).directoryId).toBe(known.directoryId);
  });

  it('a directory that cannot be asked is an error for its users, and none for those made by hand', async () => {
    const { core, known } = await coreWith('directoryId');
    await core.users.add({ username: 'emergency' });
    const settings = {
      type: 'ldap',
      urls: ['ldap://127.0.0.1:1'],
      baseDn: 'dc=x',
      security: 'none',
    } as const;
    core.directorySettings.save(directorySettingsSchema.parse({ ...settings, acceptsPlain: true }));
    expect((await core.resolveUser('EMERGENCY')).username).toBe('emergency');
    await expect(core.resolveUser(known.username)).rejects.toMatchObject({ code: 'directory.refused' });
  });
});

describe('as given', () => {
  it('only the stored name leads to a user, in any case', async () => {
    const { core, known } = await coreWith('asGiven');
    expect((await core.resolveUser(known.username.toUpperCase())).directoryId).toBe(known.directoryId);
    for (const name of [known.accountName, `CORP\\${known.accountName}`]) {
      await expect(core.resolveUser(name)).rejects.toMatchObject({
        code: 'user.notFound',
        advice: expect.stringContaining(known.username),
      });
    }
  });
});
