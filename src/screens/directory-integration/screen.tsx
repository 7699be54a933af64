import { type BoundCommand, bindCommands } from '../commands/command.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import { openFields } from '../widgets/form/state.ts';
import { tabsCommands } from '../widgets/tabs/keys.ts';
import { isConnected } from './connection-fields.ts';
import { DirectoryView } from './directory-view.tsx';
import { createDirectoryEditor } from './editor.ts';
import { type DirectoryCommandId, type DirectoryCommandState, directoryCommands } from './keys.ts';
import { directoryTabs } from './state.ts';
import { tryAttributes, tryFilters } from './try-out.tsx';

/** How the directory is reached and read. */
export function openDirectoryIntegration(context: ScreenContext): Screen {
  const editor = createDirectoryEditor(context);

  function test(): void {
    const found = editor.read();
    if (found.problems !== undefined) {
      context.status.say('The connection cannot be tested like this.', 'warning');
      return;
    }
    context.open(import('./doctor/screen.tsx').then(({ openDoctor }) => openDoctor(context, found)));
  }

  function tryOut(): void {
    const found = editor.read();
    if (found.problems !== undefined) {
      context.status.say('It cannot be tried like this.', 'warning');
      return;
    }
    const attempt = editor.get().tab === 'filters' ? tryFilters : tryAttributes;
    void attempt(context, found).catch((error) => context.reportError('It cannot be tried', error));
  }

  const actions: Record<DirectoryCommandId, () => void> = {
    'directory.test': test,
    'directory.suggest': () =>
      void editor
        .suggestBaseDn()
        .catch((error) => context.reportError('The base DN cannot be asked for', error)),
    'directory.try': tryOut,
    'directory.defaults': editor.restoreDefaults,
  };
  const own = bindCommands(
    directoryCommands,
    (): DirectoryCommandState => {
      const { tab, form } = editor.get();
      return { isReadOnly: context.isReadOnly, tab, isConnected: isConnected(form.get().values) };
    },
    (id) => actions[id](),
  );
  const tabs = bindCommands(tabsCommands, editor.get, (id) => editor.goToTab(id === 'tabs.next' ? 1 : -1));

  return {
    title: () => 'Directory Integration',
    layer: {
      name: 'directory integration',
      get commands(): readonly BoundCommand[] {
        return [...own, ...editor.get().form.commands, ...tabs];
      },
      capture: (event) => editor.get().form.capture(event),
      takes: (chord) => editor.get().form.takes(chord),
      hints() {
        const state = editor.get().form.get();
        return state.isEditing || openFields(state).length === 0 ? [] : [{ key: 'Enter', title: 'Edit' }];
      },
    },
    wantsWidth: true,
    state: editor,
    draw: (width, height) => <DirectoryView state={editor.get()} width={width} height={height} />,
    refresh: editor.reload,
    show(place) {
      const tab = directoryTabs.find((id) => id === place);
      if (tab !== undefined) editor.openTab(tab);
    },
    canLeave: editor.canLeave,
  };
}
