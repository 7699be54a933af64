import type { NewAttachment } from '../../../../core/email/attachment.ts';
import {
  findTemplateProblems,
  type TemplateProblem,
} from '../../../../core/email/templates/check-template.ts';
import { compareTemplates } from '../../../../core/email/templates/compare-templates.ts';
import { htmlOfText } from '../../../../core/email/templates/html-of-text.ts';
import type { MailTemplates } from '../../../../core/email/templates/mail-templates.ts';
import type { TemplateKey } from '../../../../core/email/templates/template-key.ts';
import {
  differentParts,
  type TemplateSource,
  templatePartNames,
} from '../../../../core/email/templates/template-source.ts';
import { isMfaError } from '../../../../core/errors.ts';
import type { DiffLine } from '../../../../core/line-diff.ts';
import type { User } from '../../../../core/users/user.ts';
import type { ScreenContext } from '../../../shell/screen.ts';
import { createReducerStore, type ReducerStore } from '../../../store.ts';
import {
  conflictQuestion,
  overwriteKeepsOthers,
  reportDialog,
  unsavedChanges,
} from '../../../widgets/dialog/state.ts';
import { createTextArea } from '../../../widgets/text-area/text-area.ts';
import { templateTitle } from '../template-title.ts';
import {
  areasOf,
  changedParts,
  focusedArea,
  type HtmlKind,
  initialEditor,
  reduceEditor,
  sourceOf,
  type TemplateEditorAction,
  type TemplateEditorState,
} from './state.ts';

export interface TemplateEditorOptions {
  readonly key: TemplateKey;
  readonly templates: MailTemplates;
  /** Whom the mail is shown for; null: the invented person. */
  readonly user: User | null;
  onSaved(): void;
}

/** A template being edited. */
export interface TemplateEditor extends ReducerStore<TemplateEditorState, TemplateEditorAction> {
  /** What is wrong with what was typed. */
  problems(): readonly TemplateProblem[];
  /** True when it was saved. */
  save(): Promise<boolean>;
  chooseHtml(kind: HtmlKind): void;
  canLeave(): boolean | Promise<boolean>;
  /** Reads the template again, unless there are changes. */
  reload(): void;
}

export function createTemplateEditor(context: ScreenContext, options: TemplateEditorOptions): TemplateEditor {
  const { overlays, status } = context;
  const { key, templates } = options;
  const title = templateTitle(key);
  const read = () => {
    const loaded = templates.load(key);
    return { loaded, areas: areasOf(loaded.source, key.language) };
  };
  const first = read();
  const store = createReducerStore<TemplateEditorState, TemplateEditorAction>(
    reduceEditor,
    initialEditor(first.loaded, first.areas),
  );
  watch(first.areas);
  let checked: { readonly revision: number; readonly problems: readonly TemplateProblem[] } | null = null;

  function watch(areas: TemplateEditorState['areas']): void {
    for (const area of Object.values(areas)) area.subscribe(() => store.dispatch({ type: 'text-changed' }));
  }

  function load(): void {
    const now = read();
    store.dispatch({ type: 'load', ...now });
    watch(now.areas);
  }

  function problems(): readonly TemplateProblem[] {
    const { revision } = store.get();
    if (checked?.revision !== revision) {
      checked = { revision, problems: findTemplateProblems(sourceOf(store.get()), key.kind) };
    }
    return checked.problems;
  }

  function pointAt({ part, place, message, advice }: TemplateProblem): void {
    store.dispatch({ type: 'focus', to: part });
    store.dispatch({ type: 'editing', isEditing: true });
    if (place !== null) focusedArea(store.get())?.dispatch({ type: 'go', ...place });
    status.say(advice === null ? message : `${message} ${advice}`, 'error');
  }

  let saving: Promise<boolean> | undefined;

  function save(): Promise<boolean> {
    // A held key must not save twice.
    saving ??= saveOnce().finally(() => {
      saving = undefined;
    });
    return saving;
  }

  async function saveOnce(): Promise<boolean> {
    const [problem] = problems();
    if (problem !== undefined) {
      pointAt(problem);
      return false;
    }
    try {
      return await write(store.get().loaded.version);
    } catch (error) {
      await context.reportError('The template was not saved', error);
      return false;
    }
  }

  async function write(version: number, source = sourceOf(store.get())): Promise<boolean> {
    const parts = changedParts(store.get());
    try {
      templates.save(key, source, { version, files: usedFiles(source) });
    } catch (error) {
      if (!isMfaError(error, 'template.changed')) throw error;
      return resolveConflict(error.message);
    }
    load();
    options.onSaved();
    const isLeftBehind = parts.includes('text') && !parts.includes('html') && store.get().htmlKind === 'own';
    if (isLeftBehind)
      status.say(`${title} is saved; its own HTML does not follow the plain text.`, 'warning');
    else status.say(`${title} is saved.`, 'ok');
    return true;
  }

  /** What was attached and taken away again is not stored. */
  function usedFiles({ attachments }: TemplateSource): readonly NewAttachment[] {
    return store.get().files.filter(({ attachment }) => attachments.includes(attachment));
  }

  /** Somebody was faster: their changes can be looked at, taken or written over part by part. */
  async function resolveConflict(message: string): Promise<boolean> {
    for (;;) {
      const mine = sourceOf(store.get());
      const stored = templates.load(key);
      const answer = await overlays.ask(conflictQuestion(`${message} ${overwriteKeepsOthers}`));
      if (answer === 'compare') {
        const lines = compareTemplates(stored.source, mine, key.language).flatMap(differenceText);
        await overlays.ask(reportDialog('Compare', '- theirs, + yours', lines));
        continue;
      }
      if (answer === 'reload') {
        load();
        status.say('Loaded again; your changes are gone.');
      }
      if (answer !== 'overwrite') return false;
      const changed = differentParts(store.get().loaded.source, mine).map((part) => [part, mine[part]]);
      return write(stored.version, { ...stored.source, ...Object.fromEntries(changed) });
    }
  }

  function hasChanges(): boolean {
    return changedParts(store.get()).length > 0;
  }

  async function askAboutChanges(): Promise<boolean> {
    const answer = await overlays.ask(unsavedChanges(title));
    return answer === 'save' ? save() : answer === 'discard';
  }

  return {
    ...store,
    problems,
    save,
    chooseHtml(kind) {
      const { areas, htmlKind } = store.get();
      if (kind === htmlKind) return;
      const isFresh = areas.html.get().undo.length === 0 && htmlKind !== 'own';
      // HTML of its own begins with what was sent so far.
      const text = isFresh ? htmlOfText(areas.text.text(), key.language) : areas.html.text();
      const area = isFresh ? createTextArea({ text, longest: areas.html.get().longest }) : areas.html;
      if (area !== areas.html) area.subscribe(() => store.dispatch({ type: 'text-changed' }));
      store.dispatch({ type: 'html', kind, area });
    },
    canLeave: () => (hasChanges() ? askAboutChanges() : true),
    reload() {
      if (hasChanges()) status.say('Save or undo your changes first.', 'warning');
      else load();
    },
  };
}

const signs: Record<DiffLine['kind'], string> = { same: '  ', removed: '- ', added: '+ ' };

function differenceText({ part, lines }: ReturnType<typeof compareTemplates>[number]): string[] {
  const changed = lines.filter(({ kind }) => kind !== 'same');
  return [`${templatePartNames[part]}:`, ...changed.map(({ kind, text }) => `${signs[kind]}${text}`)];
}
