import type { Directory } from '../../core/directory/directory.ts';
import type { ImportRules } from '../../core/import/import-rules.ts';
import type { ImportRun } from '../../core/runs/run.ts';
import type { ScreenContext } from '../shell/screen.ts';
import type { Store } from '../store.ts';
import { cancelled, confirmed, type QuestionDialog } from '../widgets/dialog/state.ts';
import type { FormValues } from '../widgets/form/field.ts';
import type { FormDialogOptions } from '../widgets/form-dialog/form-dialog.ts';
import type { Browser } from './browser.ts';
import type { ImportCommandId } from './keys.ts';
import { languagesForm, methodForm, withLanguages, withMethod } from './rules/defaults-forms.ts';
import { rulesText } from './rules/rules-text.ts';
import { settingsForm, withSettings } from './rules/settings-form.ts';
import type { RunOrder } from './run/order.ts';
import { selectionText, type Whom, whomText } from './whom.ts';

export interface ImportActionsOptions {
  readonly context: ScreenContext;
  readonly browser: Browser;
  readonly rules: Store<ImportRules>;
  /** The import that waits to be continued. */
  readonly unfinished: Store<ImportRun | null>;
  /** Called when users may have been written. */
  onImported(): void;
}

/** What the commands of the import screen do. */
export function importActions(
  options: ImportActionsOptions,
): Record<ImportCommandId, () => void | Promise<void>> {
  const { context, browser, rules, unfinished } = options;
  const { overlays, core } = context;

  async function change(
    form: (rules: ImportRules) => FormDialogOptions,
    read: (rules: ImportRules, values: FormValues) => ImportRules,
  ): Promise<void> {
    const values = await overlays.fill(form(rules.get()));
    if (values === null) return;
    rules.set(read(rules.get(), values));
    // The phone that they have may come from elsewhere now.
    browser.people.markImported();
  }

  function open(order: RunOrder, isPreview: boolean, onWhole: () => void): void {
    const count = ({ request }: RunOrder, signal: AbortSignal) =>
      browser.session.read(
        (directory: Directory, both) => directory.count(request.selection, { signal: both }),
        signal,
      );
    function onImported(isWhole: boolean): void {
      if (isWhole) onWhole();
      context.dataWasRead();
      unfinished.set(core.runs.findUnfinished());
      browser.people.markImported();
      options.onImported();
    }
    context.open(
      import('./run/screen.tsx').then(({ openRun }) =>
        openRun(context, { order, isPreview, count, onImported }),
      ),
    );
  }

  function start({ selection, text, users }: Whom, isPreview: boolean): void {
    const request = { selection, rules: rules.get() };
    open({ request, whom: text, users, resumes: null }, isPreview, browser.unmarkAll);
  }

  async function importWhom(): Promise<void> {
    const whom = browser.whom();
    if (whom === null) return;
    const answer = await overlays.ask(importQuestion(whom, rules.get()));
    if (answer !== cancelled) start(whom, answer === 'preview');
  }

  function resume(): void {
    const run = unfinished.get();
    if (run === null) return;
    const { id, request } = run;
    open({ request, whom: selectionText(request.selection), users: null, resumes: id }, false, () => {});
  }

  return {
    'import.preview': () => {
      const whom = browser.whom();
      if (whom !== null) start(whom, true);
    },
    'import.import': importWhom,
    'import.continue': resume,
    'import.settings': () => change(settingsForm, withSettings),
    'import.method': () => change(methodForm, withMethod),
    'import.languages': () => change(languagesForm, withLanguages),
  };
}

/** The preview is the safe answer: it writes nothing. */
function importQuestion(whom: Whom, rules: ImportRules): QuestionDialog {
  return {
    kind: 'question',
    title: 'Import',
    text: `Import ${whomText(whom)}?\nHow: ${rulesText(rules)}`,
    buttons: [
      { id: 'preview', label: 'Preview first' },
      { id: confirmed, label: 'Import' },
      { id: cancelled, label: 'Cancel' },
    ],
    focused: 0,
    escape: cancelled,
  };
}
