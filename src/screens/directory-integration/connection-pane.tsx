import { bindCommands } from '../commands/command.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { spreadOverTabs } from '../stored-form/form-tabs.ts';
import { storedFormLayer } from '../stored-form/stored-form-layer.ts';
import type { Pane, Tabs } from '../tabbed/pane.ts';
import { wrapWords } from '../terminal/display-text.ts';
import { FormView } from '../widgets/form/form-view.tsx';
import { Line } from '../widgets/line/line.tsx';
import { isConnected } from './connection-fields.ts';
import { createDirectoryEditor } from './editor.ts';
import { type DirectoryTab, tabOf } from './fields.ts';
import { type DirectoryCommandId, type DirectoryCommandState, directoryCommands } from './keys.ts';
import { tryAttributes, tryFilters } from './try-out.tsx';

const nothingToSet =
  'The sample directory is always read in the same way. Filters and attributes are those of a directory of your own.';

/** How the directory is reached and read: one form on the tabs Settings, Filters and Attributes. */
export function openConnectionPane(context: ScreenContext, tabs: Tabs): Pane {
  const editor = createDirectoryEditor(context);
  const form = () => editor.get().form;
  const spread = spreadOverTabs(editor, tabs, tabOf);
  let tab: DirectoryTab = 'settings';

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
    const attempt = tab === 'filters' ? tryFilters : tryAttributes;
    void attempt(context, found).catch((error) => context.reportError('It cannot be tried', error));
  }

  async function trust(): Promise<void> {
    const found = editor.read();
    if (found.problems !== undefined) {
      context.status.say('No server can be asked like this.', 'warning');
      return;
    }
    const { trustShown } = await import('./show-certificates.ts');
    await trustShown(context, form(), found.settings);
  }

  const actions: Record<DirectoryCommandId, () => void> = {
    'directory.test': test,
    'directory.suggest': () =>
      void editor
        .suggestBaseDn()
        .catch((error) => context.reportError('The base DN cannot be asked for', error)),
    'directory.certificates': () =>
      void trust().catch((error) => context.reportError('The certificates cannot be seen', error)),
    'directory.try': tryOut,
    'directory.defaults': () => tab !== 'settings' && editor.restoreDefaults(tab),
  };
  const own = bindCommands(
    directoryCommands,
    (): DirectoryCommandState => {
      return { isReadOnly: context.isReadOnly, tab, isConnected: isConnected(form().get().values) };
    },
    (id) => actions[id](),
  );

  return {
    layer: storedFormLayer('connection to the directory', editor, own, () => spread.fieldsOn(tab).length > 0),
    state: editor,
    ...spread,
    enter(opened) {
      tab = opened as DirectoryTab;
      spread.enter(opened);
    },
    draw(width, height, opened) {
      const shown = spread.fieldsOn(opened);
      if (shown.length > 0) return <FormView form={form()} width={width} height={height} shown={shown} />;
      return wrapWords(nothingToSet, width - 4).map((line) => (
        <Line key={line} content={`  ${line}`} width={width} token="dim" />
      ));
    },
    refresh: editor.reload,
    canLeave: editor.canLeave,
  };
}
