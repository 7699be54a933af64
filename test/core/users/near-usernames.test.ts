import { expect, test } from 'vitest';
import { nearUsernames } from '../../../src/core/users/near-usernames.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

test.each<[string, string[]]>([
  ['ann.smtih1@corp.example', ['ann.smith1@corp.example']],
  [
    'ann.smith@corp.example',
    ['ann.smith1@corp.example', 'ann.smith2@corp.example', 'ann.smith3@corp.example'],
  ],
  ['ann.smiith2@corp.example', ['ann.smith2@corp.example']],
  ['Ann.Smith2', ['ann.smith2@corp.example']],
  ['ann.smiht2', ['ann.smith2@corp.example']],
  ['CORP\\ann.smith3', ['ann.smith3@corp.example']],
  ['ann.smith1@corp.exmaple', ['ann.smith1@corp.example']],
  ['ann.smith1@mail.example', ['ann.smith1@corp.example']],
  ['aña', ['ana']],
  ['nobody', []],
  ['', []],
  ['@', []],
  ['x'.repeat(10_000), []],
])('who looks for %s among many may have meant %j', async (username, expected) => {
  const core = temporaryCore();
  const names = Array.from({ length: 300 }, (_, index) => `ann.other${index}@corp.example`);
  const smiths = [1, 2, 3, 4].map((number) => `ann.smith${number}@corp.example`);
  for (const name of ['ana', ...names, ...smiths]) await core.users.add({ username: name });
  expect(nearUsernames(core.store, username)).toEqual(expected);
});
