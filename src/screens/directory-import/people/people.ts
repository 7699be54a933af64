import { isMfaError } from '../../../core/errors.ts';
import type { ImportRules } from '../../../core/import/import-rules.ts';
import type { Users } from '../../../core/users/users.ts';
import { createReducerStore, type Store } from '../../store.ts';
import { failureText } from '../../text/failure-text.ts';
import { arraySource } from '../../widgets/table/array-source.ts';
import { createTable, type Table } from '../../widgets/table/table.ts';
import type { DirectorySession } from '../places/directory-session.ts';
import type { Place } from '../places/place.ts';
import { personColumns } from './columns.ts';
import { readPeople } from './read-people.ts';
import { nobody, type PeopleAction, type PeopleState, type Person, reducePeople } from './state.ts';

/** The people at a place of the directory. Marks are kept from place to place. */
export interface People extends Pick<Store<PeopleState>, 'get' | 'subscribe'> {
  readonly table: Table<Person>;
  /** Lists others; those who are being read are given up. */
  show(place: Place | null): void;
  /** Looks again who is a user here. */
  markImported(): void;
  /** Ends reading. */
  close(): void;
}

export interface PeopleOptions {
  /** Where their phone comes from. */
  phone(): ImportRules['phone'];
  readonly isMarkable: boolean;
}

export function createPeople(
  session: DirectorySession,
  users: Pick<Users, 'fromDirectory'>,
  { phone, isMarkable }: PeopleOptions,
): People {
  const store = createReducerStore<PeopleState, PeopleAction>(reducePeople, nobody);
  const columns = personColumns(phone);
  const idOf = ({ directoryId }: Person) => directoryId;
  const table = createTable<Person>({
    columns,
    source: arraySource(() => store.get().people, columns, idOf),
    idOf,
    isMarkable,
  });
  let reading = new AbortController();

  function dispatch(action: PeopleAction): void {
    const { people } = store.get();
    store.dispatch(action);
    if (store.get().people !== people) void table.refresh();
  }

  async function read(place: Place, signal: AbortSignal): Promise<void> {
    try {
      const { filter, ...end } = await session.read(
        (directory, both) =>
          readPeople(directory, place, both, ({ users: found, unusable }) => {
            if (signal.aborted) return;
            const known = users.fromDirectory(found.map(({ directoryId }) => directoryId));
            const people = found.map((user) => ({
              ...user,
              importedAs: known.get(user.directoryId) ?? null,
            }));
            dispatch({ type: 'page', people, unusable });
          }),
        signal,
      );
      if (signal.aborted) return;
      if (filter !== undefined) dispatch({ type: 'filter', filter });
      dispatch(end);
    } catch (error) {
      if (signal.aborted) return;
      // Given up by the administrator, not by a change of place.
      if (isMfaError(error, 'run.cancelled')) dispatch({ type: 'stopped' });
      else dispatch({ type: 'failed', failure: failureText(error) });
    }
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    table,
    show(place) {
      reading.abort();
      reading = new AbortController();
      dispatch({ type: 'begin', place });
      table.dispatch({ type: 'go', to: 0 });
      if (place !== null) void read(place, reading.signal);
    },
    markImported() {
      const ids = store.get().people.map(({ directoryId }) => directoryId);
      dispatch({ type: 'imported', usernames: users.fromDirectory(ids) });
    },
    close: () => reading.abort(),
  };
}
