import { expect, test } from 'vitest';
import { definition } from '../../helpers/changing-directory.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

test.each([
  ['the username', 'asmith@corp.contoso.test'],
  ['another name that the directory knows', 'asmith'],
  ['an account of the domain', 'CORP\\asmith'],
])('a user is explained by %s', async (_, name) => {
  const core = temporaryCore();
  const { synchronization } = core;
  synchronization.items.add('Nobody', definition({ scope: 'filter', filter: '(cn=nobody)' }));
  synchronization.items.add('Smiths', definition({ scope: 'filter', filter: '(sn=Smith)' }));
  const beforehand = await synchronization.explain(name);
  expect(beforehand).toMatchObject({ user: 'asmith@corp.contoso.test', item: null });

  await synchronization.run({});
  expect(await synchronization.explain(name)).toMatchObject({
    user: 'asmith@corp.contoso.test',
    item: 'Smiths',
    items: [
      { name: 'Nobody', matches: false, wins: false },
      { name: 'Smiths', matches: true, wins: true },
    ],
    fields: { lastName: { value: 'Smith', from: 'attribute sn of the directory' } },
  });
});
