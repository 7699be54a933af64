import { expect, test } from 'vitest';
import type { RawEntry } from '../../../../src/core/directory/attributes.ts';
import { rangedValues } from '../../../../src/core/directory/ldap/ranged-values.ts';

const dn = 'CN=Everybody,DC=x';

test.each([
  ['an attribute without values', { member: { dn } as RawEntry }, []],
  ['a short list', { member: entry('member', ['a', 'b']) }, ['a', 'b']],
  ['a single value', { member: { dn, member: 'a' } as unknown as RawEntry }, ['a']],
  [
    'ranges up to the star',
    {
      member: entry('member;range=0-1', ['a', 'b']),
      'member;range=2-*': entry('member;range=2-3', ['c', 'd']),
      'member;range=4-*': entry('Member;Range=4-*', ['e']),
    },
    ['a', 'b', 'c', 'd', 'e'],
  ],
  ['an entry that is not there', {}, []],
])('%s is read to its end', async (_name, answers, values) => {
  expect(await read(answers)).toEqual(values);
});

test.each([
  ['nothing', undefined],
  ['another range', entry('member;range=3-*', ['d'])],
  ['the first range again', entry('member;range=0-1', ['a', 'b'])],
  ['no value', entry('member;range=2-*', [])],
])('a server that goes on with %s did not give everything', async (_name, next) => {
  const answers = {
    member: entry('member;range=0-1', ['a', 'b']),
    ...(next === undefined ? {} : { 'member;range=2-*': next }),
  };
  await expect(read(answers)).rejects.toMatchObject({
    code: 'directory.listingIncomplete',
    message: expect.stringContaining('cut short after 2 entries'),
  });
});

function entry(name: string, values: string[]): RawEntry {
  return { dn, [name]: values } as unknown as RawEntry;
}

async function read(answers: Readonly<Record<string, RawEntry>>): Promise<string[]> {
  const source = {
    read: async (_dn: string, [attribute = '']: readonly string[]) => answers[attribute] ?? null,
  };
  const values: string[] = [];
  for await (const piece of rangedValues(source, dn, 'member')) values.push(...piece);
  return values;
}
