import type { ImportRules } from '../../../core/import/import-rules.ts';
import type { TableColumn } from '../../widgets/table/columns.ts';
import type { Person } from './state.ts';

/** @param phone which number an import would take now */
export function personColumns(phone: () => ImportRules['phone']): readonly TableColumn<Person>[] {
  return [
    column('username', 'Username', 11, { flex: 3 }, ({ username, dn }) => username ?? dn),
    column('name', 'Name', 12, { flex: 2 }, nameOf),
    column('phone', 'Phone', 14, { flex: 1 }, ({ phones }) => {
      const source = phone();
      return (source === 'none' ? undefined : phones[source]) ?? '-';
    }),
    column('email', 'E-mail', 20, { flex: 2, priority: 2 }, ({ email }) => email ?? '-'),
    column('state', 'State', 9, { priority: 1 }, stateOf),
  ];
}

function column(
  id: string,
  title: string,
  minWidth: number,
  room: { readonly flex?: number; readonly priority?: number },
  value: (person: Person) => string,
): TableColumn<Person> {
  const isQuiet = (person: Person) => person.importedAs !== null || person.isAccountEnabled === false;
  return {
    id,
    title,
    minWidth,
    ...room,
    isSortable: true,
    value,
    token: (person) => (isQuiet(person) ? 'disabled' : undefined),
  };
}

function nameOf({ firstName, lastName }: Person): string {
  return [firstName, lastName].filter((name) => name !== null).join(' ') || '-';
}

function stateOf({ importedAs, isAccountEnabled }: Person): string {
  if (importedAs !== null) return 'imported';
  return isAccountEnabled === false ? 'disabled' : '';
}

/** In the place of the mark: who is a user already, and whose account the directory has disabled. */
export function signOf({ importedAs, isAccountEnabled }: Person): string | undefined {
  if (importedAs !== null) return ' = ';
  return isAccountEnabled === false ? ' - ' : undefined;
}
