import { useStore } from '../../store.ts';
import { wrapWords } from '../../terminal/display-text.ts';
import { Line } from '../../widgets/line/line.tsx';
import { TableView } from '../../widgets/table/table-view.tsx';
import { TextField } from '../../widgets/text-input/text-field.tsx';
import { TreeView } from '../../widgets/tree/tree-view.tsx';
import type { View } from '../state.ts';
import type { ContainerTree } from './container-tree.ts';
import type { GroupList } from './group-list.ts';
import type { SearchField } from './search-field.ts';

/** What the left pane chooses from. */
export interface Places {
  readonly containers: ContainerTree;
  /** Read when they are looked at first. */
  groups(): GroupList;
  readonly search: SearchField;
  readonly isMarkable: boolean;
}

export interface PlacesViewProps {
  readonly places: Places;
  readonly view: View;
  readonly width: number;
  readonly height: number;
  readonly isFocused: boolean;
}

export function PlacesView({ places, view, width, height, isFocused }: PlacesViewProps) {
  switch (view) {
    case 'containers':
      return (
        <TreeView
          tree={places.containers.tree}
          width={width - 1}
          height={height}
          isFocused={isFocused}
          showsMarks={places.isMarkable}
        />
      );
    case 'groups':
      return <Groups groups={places.groups()} width={width} height={height} isFocused={isFocused} />;
    case 'search':
      return <Search search={places.search} width={width} isFocused={isFocused} />;
  }
}

interface GroupsProps extends Omit<PlacesViewProps, 'places' | 'view'> {
  readonly groups: GroupList;
}

function Groups({ groups: { table }, width, height, isFocused }: GroupsProps) {
  const { isEditing, input } = useStore(table.filter);
  const hasFilter = isEditing || input.value !== '';
  return (
    <>
      {hasFilter && <TextField label=" Filter: " state={input} width={width} isFocused={isEditing} />}
      <TableView
        table={table}
        width={width}
        height={hasFilter ? height - 1 : height}
        isFocused={isFocused}
        showsEmptyMarks={table.options.isMarkable !== false}
        emptyText="There are no groups."
      />
    </>
  );
}

const searchHelp = [
  'A part of a name, a username or an e-mail address, or an LDAP filter such as',
  '(department=Sales)',
  'Enter searches. Tab goes to the people, Esc leaves the field.',
];

interface SearchProps extends Pick<PlacesViewProps, 'width' | 'isFocused'> {
  readonly search: SearchField;
}

function Search({ search, width, isFocused }: SearchProps) {
  const { input, isEditing } = useStore(search);
  const help = searchHelp.flatMap((text) => ['', ...wrapWords(text, width - 2)]);
  return (
    <>
      <TextField label=" Search: " state={input} width={width - 1} isFocused={isFocused && isEditing} />
      {help.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
        <Line key={index} content={` ${line}`} width={width} token="dim" />
      ))}
    </>
  );
}
