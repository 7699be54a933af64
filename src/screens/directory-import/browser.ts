import type { Core } from '../../core/core.ts';
import type { ImportRules } from '../../core/import/import-rules.ts';
import type { BoundCommand } from '../commands/command.ts';
import type { Hint } from '../commands/layers.ts';
import { combineStores, createReducerStore, createStore, type ReducerStore, type Store } from '../store.ts';
import type { InputEvent } from '../terminal/input-event.ts';
import { markedIds } from '../widgets/table/marks.ts';
import { createPeople, type People } from './people/people.ts';
import { createContainerTree } from './places/container-tree.ts';
import { createDirectorySession, type DirectorySession } from './places/directory-session.ts';
import { createGroupList, type GroupList } from './places/group-list.ts';
import { markedContainers } from './places/marked-containers.ts';
import { isSamePlace, type Place } from './places/place.ts';
import type { Places } from './places/places-view.tsx';
import { createSearchField } from './places/search-field.ts';
import { type ImportAction, type ImportState, initialImport, reduceImport } from './state.ts';
import { type Whom, whomToImport } from './whom.ts';

/** The directory as it is looked through: places at the left, the people there at the right, and what is marked. */
export interface Browser {
  readonly state: ReducerStore<ImportState, ImportAction>;
  readonly session: DirectorySession;
  readonly places: Places;
  readonly people: People;
  /** Whether several can be marked; else the cursor chooses one place. */
  readonly isMarkable: boolean;
  /** Changes with everything that is drawn. */
  readonly changes: Pick<Store<unknown>, 'get' | 'subscribe'>;
  /** Whom an import would take now. */
  whom(): Whom | null;
  hasMarks(): boolean;
  unmarkAll(): void;
  /** Reads again what is seen. */
  refresh(): void;
  /** The keys of the pane with the focus, without those of the search field. */
  commands(): readonly BoundCommand[];
  capture(event: InputEvent): boolean;
  takes(chord: string): boolean;
  hints(): readonly Hint[];
  close(): void;
}

export interface BrowserOptions {
  readonly core: Pick<Core, 'openDirectory' | 'users'>;
  /** Where the phone comes from that is shown. */
  readonly rules: { get(): Pick<ImportRules, 'phone'> };
  /** Called when a container could not be opened. */
  onFailure(error: unknown): void;
  /** See {@link Browser.isMarkable}. Default true. */
  readonly isMarkable?: boolean;
  /** How long the cursor rests on a place before its people are read, in milliseconds. Default 150. */
  readonly restMs?: number;
}

export function createBrowser(options: BrowserOptions): Browser {
  const { core, rules, onFailure, isMarkable = true, restMs = 150 } = options;
  const state = createReducerStore<ImportState, ImportAction>(reduceImport, initialImport);
  const session = createDirectorySession(core);
  const containers = createContainerTree(session, onFailure);
  const { tree } = containers;
  const people = createPeople(session, core.users, { phone: () => rules.get().phone, isMarkable });
  const search = createSearchField((text) => {
    state.dispatch({ type: 'searched', text });
    show();
    awaited = search.get();
  });
  /** The search whose answer is awaited; null when something else was typed since. */
  let awaited: unknown = null;
  let groupList: GroupList | null = null;
  const groupChanges = createStore<unknown>(null);
  let resting: NodeJS.Timeout | undefined;

  function groups(): GroupList {
    if (groupList !== null) return groupList;
    const list = createGroupList(session, isMarkable);
    groupList = list;
    list.table.subscribe(() => groupChanges.set(list.table.get()));
    list.table.filter.subscribe(() => groupChanges.set(list.table.filter.get()));
    return list;
  }

  /** The place of the cursor, which the people that are shown may not have reached. */
  function here(): Place | null {
    const { view, isSubtree, isRecursive, searched } = state.get();
    if (view === 'containers') return containers.place(isSubtree);
    if (view === 'search') return searched === null ? null : { kind: 'search', text: searched, filter: null };
    const group = groups().table.current();
    return group === undefined
      ? null
      : { kind: 'group', dn: group.dn, name: group.name, isDeep: isRecursive };
  }

  function show(): void {
    clearTimeout(resting);
    people.show(here());
  }

  /** Reads who is there once the cursor rests, so that passing by costs the server nothing. */
  function follow(): void {
    clearTimeout(resting);
    if (isSamePlace(here(), people.get().place)) return;
    resting = setTimeout(show, restMs);
    resting.unref();
  }

  /** Who was searched for and found gets the focus; else the field keeps it, to search for something else. */
  function goToFound(): void {
    const { phase, people: found } = people.get();
    if (phase === 'reading') return;
    if (awaited === search.get() && isSearching() && found.length > 0) state.dispatch({ type: 'other-pane' });
    awaited = null;
  }
  const ends = [
    ...[tree, groupChanges, state].map((store) => store.subscribe(follow)),
    people.subscribe(goToFound),
  ];

  function markedUsers(): string[] {
    return markedIds(people.table.state().marks);
  }

  function whom(): Whom | null {
    const shown = people.get();
    const place = here();
    const isShown = isSamePlace(place, shown.place);
    return whomToImport(
      {
        users: markedUsers(),
        containers: markedContainers(tree.get()),
        groups: groupList === null ? [] : markedIds(groupList.table.state().marks),
        isDeep: state.get().isRecursive,
        usersOf: containers.usersOf,
      },
      isShown ? shown.place : place,
      isShown && shown.phase === 'read' ? shown.total : null,
    );
  }

  /** The list or field of the pane with the focus that takes keys before commands do. */
  function focused() {
    const { pane, view } = state.get();
    if (pane === 'people') return people.table;
    return view === 'groups' ? groups().table : null;
  }

  function isSearching(): boolean {
    return state.get().pane === 'places' && state.get().view === 'search';
  }

  /** Something that is seen could not be read, or was not read to its end. */
  function isIncomplete(): boolean {
    const { phase, place } = people.get();
    const places = tree.get().children.get(place?.kind === 'container' ? place.dn : null);
    const isTreeBroken = typeof places === 'object' && 'failure' in places;
    if (state.get().view === 'containers' && isTreeBroken) return true;
    return phase === 'failed' || phase === 'stopped' || (focused()?.state().failure ?? null) !== null;
  }

  function refresh(): void {
    const { view } = state.get();
    if (view === 'groups') void groups().refresh();
    if (view === 'containers') {
      tree.run('tree.refresh');
      const { cursor, expanded } = tree.get();
      if (cursor !== null && expanded.has(cursor)) tree.reload(cursor);
    }
    show();
  }

  return {
    state,
    session,
    places: { containers, groups, search, isMarkable },
    people,
    isMarkable,
    changes: combineStores(
      ...[state, session.reads, tree, groupChanges, search, people, people.table, people.table.filter],
    ),
    whom,
    hasMarks: () =>
      people.table.state().marks.size + (groupList?.table.state().marks.size ?? 0) + tree.get().marks.size >
      0,
    unmarkAll() {
      people.table.dispatch({ type: 'unmark-all' });
      groupList?.table.dispatch({ type: 'unmark-all' });
      tree.dispatch({ type: 'unmark-all' });
    },
    refresh,
    commands() {
      const list = focused();
      if (list !== null) return list.commands;
      // Refreshing reads both panes again.
      const left = new Set(['tree.refresh', ...(isMarkable ? [] : ['tree.mark'])]);
      return isSearching() ? [] : tree.commands.filter(({ command }) => !left.has(command.id));
    },
    capture(event) {
      if (isSearching() ? search.capture(event) : focused()?.capture(event)) return true;
      const isEscape = event.type === 'key' && event.chord === 'escape';
      if (!isEscape || session.reads.get() === 0) return false;
      session.giveUp();
      return true;
    },
    takes: (chord) => (isSearching() ? search.takes(chord) : (focused()?.filter.takes(chord) ?? false)),
    hints() {
      const own = isSearching() ? search.hints() : (focused()?.filter.hints() ?? []);
      if (own.length > 0) return own;
      if (session.reads.get() > 0) return [stopHint];
      return isIncomplete() ? [againHint] : [];
    },
    close() {
      clearTimeout(resting);
      for (const end of ends) end();
      people.close();
      session.giveUp();
    },
  };
}

const stopHint: Hint = { key: 'Esc', title: 'Stop reading' };
const againHint: Hint = { key: 'r', title: 'Try again' };
