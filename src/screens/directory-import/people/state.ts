import type { DirectoryUser, UnusableEntry } from '../../../core/directory/directory.ts';
import type { Place } from '../places/place.ts';

/** A person of the directory, as the right pane lists them. */
export interface Person extends DirectoryUser {
  /** The username here of somebody who is a user already; null for others. */
  readonly importedAs: string | null;
}

/** More are not listed, because nobody reads them; an import takes all. */
export const mostPeople = 1000;

export interface PeopleState {
  readonly place: Place | null;
  readonly phase: 'reading' | 'read' | 'stopped' | 'failed';
  readonly people: readonly Person[];
  /** How many there are; null while nobody knows. */
  readonly total: number | null;
  /** Entries that are no users, such as members from another domain. */
  readonly unusable: number;
  /** Why reading failed and what to do. */
  readonly failure: string;
}

export type PeopleAction =
  | { readonly type: 'begin'; readonly place: Place | null }
  | { readonly type: 'page'; readonly people: readonly Person[]; readonly unusable: readonly UnusableEntry[] }
  /** Reading is over. */
  | { readonly type: 'end'; readonly total: number | null }
  | { readonly type: 'filter'; readonly filter: string }
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly failure: string }
  /** Who is a user here may have changed. */
  | { readonly type: 'imported'; readonly usernames: ReadonlyMap<string, string> };

export const nobody: PeopleState = {
  place: null,
  phase: 'read',
  people: [],
  total: null,
  unusable: 0,
  failure: '',
};

export function reducePeople(state: PeopleState, action: PeopleAction): PeopleState {
  switch (action.type) {
    case 'begin':
      return { ...nobody, place: action.place, phase: action.place === null ? 'read' : 'reading' };
    case 'page':
      return {
        ...state,
        people: [...state.people, ...action.people].slice(0, mostPeople),
        unusable: state.unusable + action.unusable.length,
      };
    case 'end':
      return { ...state, phase: 'read', total: action.total };
    case 'filter':
      return state.place?.kind === 'search'
        ? { ...state, place: { ...state.place, filter: action.filter } }
        : state;
    case 'stopped':
      return { ...state, phase: 'stopped' };
    case 'failed':
      return { ...state, phase: 'failed', failure: action.failure };
    case 'imported':
      return {
        ...state,
        people: state.people.map((person) => ({
          ...person,
          importedAs: action.usernames.get(person.directoryId) ?? null,
        })),
      };
  }
}
