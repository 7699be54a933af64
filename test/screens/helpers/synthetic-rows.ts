import type { TableColumn } from '../../../src/screens/widgets/table/columns.ts';
import type { RowQuery, RowSource } from '../../../src/screens/widgets/table/row-source.ts';

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly method: string;
  readonly state: string;
}

const givenNames = ['Ada', 'Bob', 'Carla', 'Dmitri', 'Eva', 'Farid', 'Grace', 'Hugo'];
const familyNames = ['Adams', 'Brown', 'Cole', 'Day', 'Ericsson', 'Fischer', 'Garcia', 'Smith'];
const methods = ['Phone call', 'Text message', 'Mobile app', 'OATH token'];

/** Person number `index` of a directory that is the same every time. */
export function syntheticPerson(index: number): Person {
  const given = givenNames[index % 8] ?? '';
  const family = familyNames[Math.floor(index / 8) % 8] ?? '';
  return {
    id: `id-${index}`,
    username: `${given.charAt(0).toLowerCase()}${family.toLowerCase()}${String(index).padStart(6, '0')}`,
    name: `${given} ${family}`,
    method: methods[index % 4] ?? '',
    state: index % 7 === 0 ? 'blocked' : 'enabled',
  };
}

export const personColumns: readonly TableColumn<Person>[] = [
  { id: 'username', title: 'Username', minWidth: 16, isSortable: true, value: ({ username }) => username },
  { id: 'name', title: 'Name', minWidth: 10, flex: 1, isSortable: true, value: ({ name }) => name },
  { id: 'method', title: 'Method', minWidth: 12, priority: 1, value: ({ method }) => method },
  {
    id: 'state',
    title: 'State',
    minWidth: 8,
    value: ({ state }) => state,
    token: ({ state }) => (state === 'blocked' ? 'error' : undefined),
  },
];

/** A source over people in memory, which counts what it is asked. */
export function personSource(people: readonly Person[]): RowSource<Person> & { loads: number[] } {
  const matching = ({ filter, sort }: RowQuery) => {
    const found = filter === '' ? people : people.filter(({ username }) => username.includes(filter));
    return sort?.isDescending ? found.toReversed() : found;
  };
  const loads: number[] = [];
  return {
    loads,
    async load(query, offset, limit) {
      loads.push(offset);
      const found = matching(query);
      return { rows: found.slice(offset, offset + limit), total: found.length, totalOfAll: people.length };
    },
    async ids(query, offset, limit) {
      return matching(query)
        .slice(offset, offset + limit)
        .map(({ id }) => id);
    },
    async locate(query, id) {
      const index = matching(query).findIndex((person) => person.id === id);
      return index === -1 ? null : index;
    },
  };
}

export function syntheticPeople(count: number): Person[] {
  return Array.from({ length: count }, (_, index) => syntheticPerson(index));
}
