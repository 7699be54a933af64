import { describe, expect, test } from 'vitest';
import type { DirectoryUser } from '../../../src/core/directory/directory.ts';
import {
  mostPeople,
  nobody,
  type Person,
  reducePeople,
} from '../../../src/screens/directory-import/people/state.ts';
import { isSamePlace, type Place } from '../../../src/screens/directory-import/places/place.ts';
import { initialImport, otherDepth, reduceImport } from '../../../src/screens/directory-import/state.ts';
import { people } from '../../helpers/directory-people.ts';

describe('the import screen', () => {
  test('goes from view to view, with the focus on the places, and stops at the ends', () => {
    const atPeople = reduceImport(initialImport, { type: 'other-pane' });
    expect(atPeople.pane).toBe('people');
    const groups = reduceImport(atPeople, { type: 'view', by: 1 });
    expect(groups).toMatchObject({ view: 'groups', pane: 'places' });
    const search = reduceImport(groups, { type: 'view', by: 1 });
    expect(search.view).toBe('search');
    expect(reduceImport(search, { type: 'view', by: 1 })).toBe(search);
    expect(reduceImport(initialImport, { type: 'view', by: -1 })).toBe(initialImport);
  });

  test('has a depth of its own for containers and for groups, and none for a search', () => {
    const flat = reduceImport(initialImport, { type: 'depth' });
    expect(flat).toMatchObject({ isSubtree: false, isRecursive: true });
    expect([otherDepth(initialImport), otherDepth(flat)]).toEqual(['one level', 'and below']);
    const groups = reduceImport(flat, { type: 'view', by: 1 });
    const direct = reduceImport(groups, { type: 'depth' });
    expect(direct).toMatchObject({ isSubtree: false, isRecursive: false });
    expect([otherDepth(groups), otherDepth(direct)]).toEqual(['direct only', 'nested, too']);
    const search = reduceImport(direct, { type: 'view', by: 1 });
    expect(reduceImport(search, { type: 'depth' })).toBe(search);
    expect(otherDepth(search)).toBeNull();
  });
});

const sales: Place = { kind: 'container', dn: 'OU=Sales,DC=x', name: 'OU=Sales', isDeep: true, users: 412 };

test('a place is the same whatever is known about it', () => {
  expect(isSamePlace(sales, { ...sales, users: null })).toBe(true);
  expect(isSamePlace(sales, { ...sales, isDeep: false })).toBe(false);
  expect(isSamePlace(sales, { kind: 'group', dn: sales.dn, name: sales.name, isDeep: true })).toBe(false);
  const search: Place = { kind: 'search', text: 'smith', filter: null };
  expect(isSamePlace(search, { ...search, filter: '(cn=*smith*)' })).toBe(true);
  expect(isSamePlace(null, search)).toBe(false);
  expect(isSamePlace(null, null)).toBe(true);
});

describe('the people at a place', () => {
  const asPerson = (user: DirectoryUser): Person => ({ ...user, importedAs: null });
  const some = people(600).map(asPerson);
  const others = people(1200).slice(600).map(asPerson);
  const unusable = [{ dn: 'CN=x', reason: 'it is from another domain' }];

  test('are listed as they come, up to the limit, and the rest is counted', () => {
    let state = reducePeople(nobody, { type: 'begin', place: sales });
    expect(state).toMatchObject({ phase: 'reading', people: [], total: null });
    state = reducePeople(state, { type: 'page', people: some, unusable });
    state = reducePeople(state, { type: 'page', people: others, unusable });
    expect(state.people).toEqual([...some, ...others].slice(0, mostPeople));
    state = reducePeople(state, { type: 'end', total: 1200 });
    expect(state).toMatchObject({ phase: 'read', total: 1200, unusable: 2 });
    expect(reducePeople(state, { type: 'begin', place: null })).toEqual(nobody);
  });

  test('stay when reading fails or is stopped', () => {
    const begun = reducePeople(nobody, { type: 'begin', place: sales });
    const read = reducePeople(begun, { type: 'page', people: some, unusable: [] });
    const failed = reducePeople(read, { type: 'failed', failure: 'It is gone.' });
    expect(failed).toMatchObject({ phase: 'failed', failure: 'It is gone.', people: some });
    expect(reducePeople(read, { type: 'stopped' })).toMatchObject({ phase: 'stopped', people: some });
  });

  test('are marked as users once they are', () => {
    const read = reducePeople(nobody, { type: 'page', people: some.slice(0, 2), unusable: [] });
    const [ada, bob] = some;
    const usernames = new Map([[ada?.directoryId ?? '', 'ada']]);
    const marked = reducePeople(read, { type: 'imported', usernames });
    expect(marked.people.map(({ importedAs }) => importedAs)).toEqual(['ada', null]);
    expect(marked.people[1]).toEqual(bob);
  });

  test('of a search get the filter that finds all of them', () => {
    const search: Place = { kind: 'search', text: 'smith', filter: null };
    const begun = reducePeople(nobody, { type: 'begin', place: search });
    const filter = '(cn=*smith*)';
    expect(reducePeople(begun, { type: 'filter', filter }).place).toEqual({ ...search, filter });
    const elsewhere = reducePeople(nobody, { type: 'begin', place: sales });
    expect(reducePeople(elsewhere, { type: 'filter', filter })).toBe(elsewhere);
  });
});
