import type { SecurityGroup } from '../../../core/directory/directory.ts';
import { arraySource } from '../../widgets/table/array-source.ts';
import type { TableColumn } from '../../widgets/table/columns.ts';
import type { RowSource } from '../../widgets/table/row-source.ts';
import { createTable, type Table } from '../../widgets/table/table.ts';
import type { DirectorySession } from './directory-session.ts';

export interface GroupList {
  readonly table: Table<SecurityGroup>;
  /** Reads the groups anew. */
  refresh(): Promise<void>;
}

const columns: readonly TableColumn<SecurityGroup>[] = [
  { id: 'name', title: 'Security group', minWidth: 16, flex: 1, isSortable: true, value: ({ name }) => name },
  {
    id: 'description',
    title: 'Description',
    minWidth: 18,
    flex: 1,
    priority: 1,
    value: ({ description }) => description ?? '',
  },
];

/** The security groups of the directory, which are read once and then filtered as typed. */
export function createGroupList(session: DirectorySession, isMarkable: boolean): GroupList {
  let groups: readonly SecurityGroup[] | null = null;
  const inMemory = arraySource(
    () => groups ?? [],
    columns,
    ({ dn }) => dn,
  );
  const source: RowSource<SecurityGroup> = {
    ...inMemory,
    async load(query, offset, limit, near) {
      groups ??= await session.read((directory, signal) => directory.groups('', { signal }));
      return inMemory.load(query, offset, limit, near);
    },
  };
  const table = createTable({ columns, source, idOf: ({ dn }) => dn, isMarkable });
  return {
    table,
    refresh() {
      groups = null;
      return table.refresh();
    },
  };
}
