import type { DirectoryType } from '../../core/directory/directory.ts';
import type { ImportRules } from '../../core/import/import-rules.ts';
import type { ImportRun } from '../../core/runs/run.ts';
import { bindCommands } from '../commands/command.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import { combineStores, createStore, type Store } from '../store.ts';
import { failureText } from '../text/failure-text.ts';
import { importActions } from './actions.ts';
import { browseLayer } from './browse-layer.ts';
import { createBrowser } from './browser.ts';
import { ImportView } from './import-view.tsx';
import { type ImportCommandState, importCommands } from './keys.ts';
import { noticesOf } from './notices.ts';
import { rulesText } from './rules/rules-text.ts';

export interface DirectoryImportOptions {
  /** How people are imported; changed here. */
  readonly rules: Store<ImportRules>;
  /** The run to be continued; null takes the last one that did not come to its end. */
  readonly continues: number | null;
  /** Called when users may have been written. */
  onImported(): void;
}

const titles: Record<DirectoryType, string> = {
  sample: 'Import from the sample directory',
  activeDirectory: 'Import from Active Directory',
  ldap: 'Import from LDAP',
};

/** Looks through the directory and imports people from it. */
export function openDirectoryImport(context: ScreenContext, options: DirectoryImportOptions): Screen {
  const { core, status } = context;
  const { rules, continues, onImported } = options;
  const { settings, isConfigured } = core.directoryConnection.load();
  const unfinished = createStore<ImportRun | null>(
    continues === null ? core.runs.findUnfinished() : core.runs.findResumable(continues),
  );
  const browser = createBrowser({
    core,
    rules,
    onFailure: (error) => status.say(failureText(error), 'error'),
  });
  const actions = importActions({ context, browser, rules, unfinished, onImported });

  function run(id: keyof typeof actions): void {
    Promise.resolve(actions[id]()).catch((error: unknown) => context.reportError('Import', error));
  }
  const own = bindCommands(
    importCommands,
    (): ImportCommandState => ({
      isReadOnly: context.isReadOnly,
      whom: browser.whom(),
      isMarking: browser.people.table.isMarking(),
      unfinished: unfinished.get(),
    }),
    run,
  );

  return {
    title: () => titles[settings.type],
    wantsWidth: true,
    layer: browseLayer('directory import', browser, own),
    state: combineStores(browser.changes, rules, unfinished),
    draw: (width, height) => (
      <ImportView
        browser={browser}
        how={rulesText(rules.get())}
        notices={noticesOf(unfinished.get(), isConfigured)}
        width={width}
        height={height}
      />
    ),
    pending: browser.people.table.pending,
    refresh() {
      unfinished.set(core.runs.findUnfinished());
      browser.refresh();
    },
    close: browser.close,
  };
}
