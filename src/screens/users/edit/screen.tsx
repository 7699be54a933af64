import { type BoundCommand, bindCommands } from '../../commands/command.ts';
import type { Screen, ScreenContext } from '../../shell/screen.ts';
import { combineStores } from '../../store.ts';
import { createFactsScroll } from '../../widgets/facts/facts.ts';
import { tabsCommands } from '../../widgets/tabs/keys.ts';
import { EditView } from './edit-view.tsx';
import { createEditor, type EditorOptions } from './editor.ts';
import { type EditCommandId, editCommands } from './keys.ts';

/** The edit dialog of a user, or of a new one. */
export function openEditUser(context: ScreenContext, options: EditorOptions): Screen {
  const editor = createEditor(context, options);
  const actions: Record<EditCommandId, () => void> = {
    'edit.nextUser': () => go(1),
    'edit.previousUser': () => go(-1),
    'edit.generatePin': editor.generatePin,
  };
  const scroll = createFactsScroll();

  function go(by: 1 | -1): void {
    void editor.goToUser(by).catch((error) => context.reportError('Edit user', error));
  }

  const own = bindCommands(
    editCommands,
    () => ({ isReadOnly: context.isReadOnly, isNew: editor.get().user === null }),
    (id) => actions[id](),
  );
  const tabs = bindCommands(tabsCommands, editor.get, (id) => editor.goToTab(id === 'tabs.next' ? 1 : -1));

  function commands(): readonly BoundCommand[] {
    const { tab, form } = editor.get();
    if (tab !== 'info') return [...form.commands, ...own, ...tabs];
    const saving = form.commands.filter(({ command }) => command.id === 'form.save');
    return [...saving, ...own, ...scroll.commands, ...tabs];
  }

  return {
    title: () => editor.get().user?.username ?? 'New user',
    wantsWidth: true,
    layer: {
      name: 'edit user',
      get commands() {
        return commands();
      },
      capture(event) {
        const { tab, form } = editor.get();
        return tab !== 'info' && form.capture(event);
      },
      takes(chord) {
        const { tab, form } = editor.get();
        return tab !== 'info' && form.takes(chord);
      },
    },
    state: combineStores(editor, scroll),
    draw: (width, height) => <EditView state={editor.get()} scroll={scroll} width={width} height={height} />,
    note: () => (editor.get().user === null ? '' : options.siblings.position()),
    refresh: editor.reload,
    canLeave: editor.canLeave,
  };
}
