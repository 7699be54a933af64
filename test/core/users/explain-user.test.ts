import { describe, expect, test } from 'vitest';
import { importRulesSchema } from '../../../src/core/import/import-rules.ts';
import { type Explanation, explainUser } from '../../../src/core/users/explain-user.ts';
import { explanationText } from '../../../src/core/users/explanation-text.ts';
import { userTrail } from '../../../src/core/users/user-trail.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

function explain(core: TemporaryCore, username: string): Record<string, Explanation> {
  const user = core.users.find(username);
  const trail = userTrail(core.store, user.username, 100);
  const all = explainUser(user, trail, core.companySettings.load());
  return Object.fromEntries(all.map((one) => [one.field, one]));
}

async function* csv(text: string) {
  yield Buffer.from(text);
}

async function importedSmith(): Promise<{ core: TemporaryCore; username: string }> {
  const core = temporaryCore();
  await core.importUsers({
    selection: { scope: 'users', names: ['asmith'] },
    rules: importRulesSchema.parse({ method: 'oathToken' }),
  });
  const [user] = core.users.list().users;
  return { core, username: user?.username ?? '' };
}

describe('a setting', () => {
  test('of an imported user comes from the directory or from the rules of the run', async () => {
    const { core, username } = await importedSmith();
    expect(explain(core, username)).toMatchObject({
      username: { origin: 'directory', run: 1, owner: 'directory' },
      email: { origin: 'directory', run: 1, owner: 'directory' },
      method: { value: 'oathToken', origin: 'rules', run: 1, owner: null },
      enabled: { value: true, origin: 'rules', run: 1 },
    });
  });

  test('that was edited here comes from who did it, and is kept', async () => {
    const { core, username } = await importedSmith();
    await core.users.edit(username, { phone: '+14255550199', method: 'phoneCall' });
    expect(explain(core, username)).toMatchObject({
      phone: { origin: 'hand', owner: 'here', event: { actor: 'admin@test', action: 'user.edited' } },
      method: { value: 'phoneCall', origin: 'hand', owner: null },
      firstName: { origin: 'directory', owner: 'directory' },
    });
  });

  test('keeps its origin when the user is renamed', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada', firstName: 'Ada' });
    await core.users.edit('ada', { username: 'lovelace' });
    await core.users.add({ username: 'ada', firstName: 'Another' });
    await core.users.edit('lovelace', { username: 'countess' });
    expect(explain(core, 'countess')).toMatchObject({
      username: { origin: 'hand', event: { action: 'user.edited' } },
      firstName: { origin: 'hand', event: { action: 'user.added', sequence: 1 } },
    });
  });

  test('from a file comes from there', async () => {
    const core = temporaryCore();
    for await (const _ of core.users.importCsv(csv('username,firstName\nada,Ada\n')));
    expect(explain(core, 'ada')).toMatchObject({ firstName: { origin: 'csv' } });
  });

  test('that a user does not have is that of the company', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada', whenDisabled: 'succeed' });
    expect(explain(core, 'ada')).toMatchObject({
      mayChangePin: { value: true, origin: 'company', event: null },
      whenDisabled: { value: 'succeed', origin: 'hand' },
      method: { value: null, origin: 'never' },
    });
  });

  test('that the log does not tell of is from before it', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada', email: 'ada@corp.example' });
    core.store.prepare('DELETE FROM audit_events').run();
    expect(explain(core, 'ada')).toMatchObject({ email: { origin: 'unknown', event: null } });
  });
});

test('an explanation reads as the end of a line', async () => {
  const { core, username } = await importedSmith();
  await core.users.edit(username, { phone: '+14255550199' });
  const { phone, email, method, whenDisabled } = explain(core, username);
  const text = (one: Explanation | undefined) =>
    one === undefined ? '' : explanationText(one, () => '10:00');
  expect([phone, email, method, whenDisabled].map(text)).toEqual([
    'set by admin@test, 10:00, kept as set here',
    'from the directory, run 1, 10:00',
    'by the rules of run 1, 10:00',
    'as the company settings say',
  ]);
});
