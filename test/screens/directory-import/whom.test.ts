import { describe, expect, test } from 'vitest';
import type { Place } from '../../../src/screens/directory-import/places/place.ts';
import {
  type Marked,
  selectionText,
  whomText,
  whomToImport,
} from '../../../src/screens/directory-import/whom.ts';

const sales: Place = { kind: 'container', dn: 'OU=Sales,DC=x', name: 'OU=Sales', isDeep: true, users: 412 };
const nothing: Marked = { users: [], containers: [], groups: [], isDeep: true, usersOf: () => null };

describe('whom an import takes', () => {
  test('is nobody without marks and without a place', () => {
    expect(whomToImport(nothing, null, null)).toBeNull();
    expect(whomToImport(nothing, { kind: 'search', text: 'smith', filter: null }, null)).toBeNull();
  });

  test.each<[Place, number | null, string]>([
    [sales, null, 'OU=Sales and below (412 users)'],
    [{ ...sales, isDeep: false, users: null }, 24, 'OU=Sales only (24 users)'],
    [{ ...sales, users: null }, null, 'OU=Sales and below'],
    [{ kind: 'group', dn: 'CN=VPN,DC=x', name: 'VPN', isDeep: true }, 1, 'VPN with nested groups (1 user)'],
    [{ kind: 'group', dn: 'CN=VPN,DC=x', name: 'VPN', isDeep: false }, null, 'VPN'],
    [{ kind: 'search', text: 'smith', filter: '(cn=*smith*)' }, 3, 'all found for smith (3 users)'],
  ])('is the place of the cursor when nothing is marked: %j with %s found', (place, found, text) => {
    const whom = whomToImport(nothing, place, found);
    expect(whom && whomText(whom)).toBe(text);
  });

  test.each([
    [sales, { scope: 'container', dn: 'OU=Sales,DC=x', includeSubtree: true }],
    [
      { ...sales, isDeep: false },
      { scope: 'container', dn: 'OU=Sales,DC=x', includeSubtree: false },
    ],
    [
      { kind: 'group', dn: 'CN=VPN,DC=x', name: 'VPN', isDeep: true },
      { scope: 'group', dn: 'CN=VPN,DC=x', isRecursive: true },
    ],
    [
      { kind: 'search', text: 'smith', filter: '(cn=*smith*)' },
      { scope: 'filter', filter: '(cn=*smith*)' },
    ],
  ] as const)('of the place %j is the selection %j', (place, selection) => {
    expect(whomToImport(nothing, place, null)?.selection).toEqual(selection);
  });

  test('is what is marked, wherever the cursor is', () => {
    const marked = { ...nothing, users: ['id-1', 'id-2'] };
    const whom = whomToImport(marked, sales, 5);
    expect(whom).toEqual({
      selection: { scope: 'users', names: ['id-1', 'id-2'] },
      text: '2 marked users',
      users: 2,
    });
  });

  test('is all that is marked together, counted as far as it is known', () => {
    const marked: Marked = {
      users: ['id-1'],
      containers: [
        { dn: 'OU=A,DC=x', isDeep: true },
        { dn: 'OU=B,DC=x', isDeep: false },
      ],
      groups: [],
      isDeep: true,
      usersOf: ({ dn }) => (dn === 'OU=A,DC=x' ? 10 : 5),
    };
    const whom = whomToImport(marked, null, null);
    expect(whom?.selection).toEqual({
      scope: 'several',
      selections: [
        { scope: 'container', dn: 'OU=A,DC=x', includeSubtree: true },
        { scope: 'container', dn: 'OU=B,DC=x', includeSubtree: false },
        { scope: 'users', names: ['id-1'] },
      ],
    });
    expect(whom && whomText(whom)).toBe('2 marked containers, 1 marked user (at most 16 users)');
    const withGroup = whomToImport({ ...marked, groups: ['CN=VPN,DC=x'], isDeep: false }, null, null);
    expect(withGroup?.users).toBeNull();
    expect(withGroup?.text).toBe('2 marked containers, 1 marked group, 1 marked user');
  });

  test('of an earlier run is said in the words of the directory', () => {
    const selections = [
      { scope: 'container', dn: 'OU=A,DC=x', includeSubtree: true },
      { scope: 'group', dn: 'CN=VPN,DC=x', isRecursive: false },
      { scope: 'users', names: ['ada', 'bob'] },
      { scope: 'filter', filter: '(department=Sales)' },
    ] as const;
    expect(selectionText({ scope: 'several', selections })).toBe(
      'OU=A,DC=x and below, CN=VPN,DC=x, 2 users, (department=Sales)',
    );
  });
});
