import { compareTemplates } from '../../../../core/email/templates/compare-templates.ts';
import { type BoundCommand, bindCommands } from '../../../commands/command.ts';
import type { Screen, ScreenContext } from '../../../shell/screen.ts';
import { combineStores, createStore } from '../../../store.ts';
import { cancelled, type QuestionDialog } from '../../../widgets/dialog/state.ts';
import { createFactsScroll } from '../../../widgets/facts/facts.ts';
import { type BodyView, nextView } from '../../mail-body/mail-body.ts';
import { chooseUser } from '../choose-user.ts';
import { makePreview, type Preview, previewLines } from '../preview.ts';
import { templateTitle } from '../template-title.ts';
import { attachFile, detachFile } from './attachments.ts';
import { createTemplateEditor, type TemplateEditorOptions } from './editor.ts';
import { isWideEnough, TemplateEditorView } from './editor-view.tsx';
import {
  leavePartCommands,
  partCommands,
  type TemplateEditorCommandId,
  templateEditorCommands,
} from './keys.ts';
import { changedParts, focusedArea, type HtmlKind, isTypable, sourceOf } from './state.ts';
import { offerVariables } from './variables.ts';

/** A template with its parts, and the mail that it makes while it is typed. */
export function openTemplateEditor(context: ScreenContext, options: TemplateEditorOptions): Screen {
  const { key, templates } = options;
  const editor = createTemplateEditor(context, options);
  const services = { templates, companySettings: context.core.companySettings };
  const scroll = createFactsScroll();
  const view = createStore<BodyView>('text');
  const user = createStore(options.user);
  const isPreviewShown = createStore<boolean | null>(null);
  let made: { readonly revision: number; readonly user: unknown; readonly preview: Preview } | null = null;

  function preview(): Preview {
    const { revision } = editor.get();
    if (made?.revision !== revision || made.user !== user.get()) {
      const request = { key, source: sourceOf(editor.get()), user: user.get() };
      made = { revision, user: user.get(), preview: makePreview(services, request, editor.problems()) };
    }
    return made.preview;
  }

  const area = () => focusedArea(editor.get());
  const isTyping = () => editor.get().isEditing && isTypable(editor.get());

  async function chooseHtml(): Promise<void> {
    const kind = await context.overlays.ask(htmlQuestion(editor.get().htmlKind));
    if (kind === cancelled) return;
    editor.chooseHtml(kind as HtmlKind);
    editor.dispatch({ type: 'focus', to: 'html' });
  }

  async function begin(): Promise<void> {
    if (isTypable(editor.get())) editor.dispatch({ type: 'editing', isEditing: true });
    else if (editor.get().focus === 'html') await chooseHtml();
    else await attachFile(context, editor);
  }

  const actions: Record<TemplateEditorCommandId, () => unknown> = {
    'template.save': editor.save,
    'template.next': () => editor.dispatch({ type: 'focus', to: 'next' }),
    'template.previous': () => editor.dispatch({ type: 'focus', to: 'previous' }),
    'template.edit': begin,
    'template.leave': () => editor.dispatch({ type: 'editing', isEditing: false }),
    'template.undo': () => area()?.dispatch({ type: 'undo' }),
    'template.redo': () => area()?.dispatch({ type: 'redo' }),
    'template.insert': () =>
      offerVariables(context, key.kind, (text) => area()?.dispatch({ type: 'insert', text })),
    'template.html': chooseHtml,
    'template.attach': () => attachFile(context, editor),
    'template.detach': () => detachFile(context, editor),
    'template.preview': () => isPreviewShown.set(!(isPreviewShown.get() ?? wasPreviewShown)),
    'template.view': () => view.set(nextView(view.get())),
    'template.user': async () => {
      const chosen = await chooseUser(context);
      if (chosen !== undefined) user.set(chosen);
    },
    'template.compare': () => {
      const source = sourceOf(editor.get());
      const differences = compareTemplates(templates.builtIn.source(key), source, key.language);
      context.open(import('../compare-screen.tsx').then(({ openComparison }) => openComparison(differences)));
    },
  };
  const bind = (table: typeof templateEditorCommands) =>
    bindCommands(table, editor.get, (id) => {
      void Promise.resolve(actions[id]()).catch((error) => context.reportError('Mail template', error));
    });
  const [own, into, out] = [bind(templateEditorCommands), bind(partCommands), bind(leavePartCommands)];
  let wasPreviewShown = false;

  // Who edits the HTML wants to see that.
  let { focus } = editor.get();
  editor.subscribe(() => {
    const { focus: now } = editor.get();
    if (now === focus) return;
    focus = now;
    if (now === 'html' || now === 'text') view.set(now);
  });

  function commands(): readonly BoundCommand[] {
    // The way out is told before undo.
    return isTyping() ? [...own.slice(0, 2), ...out, ...own.slice(2)] : [...into, ...own, ...scroll.commands];
  }

  return {
    title: () => templateTitle(key),
    wantsWidth: true,
    layer: {
      name: 'mail template',
      get commands() {
        return commands();
      },
      capture: (event) => isTyping() && area()?.capture(event) === true,
      takes: (chord) => isTyping() && area()?.takes(chord) === true,
    },
    state: combineStores(editor, scroll, view, user, isPreviewShown),
    draw(width, height) {
      wasPreviewShown = isPreviewShown.get() ?? isWideEnough(width);
      return (
        <TemplateEditorView
          state={editor.get()}
          changed={changedParts(editor.get())}
          problems={editor.problems()}
          preview={(columns) => previewLines(preview(), view.get(), columns)}
          scroll={scroll}
          isPreviewShown={wasPreviewShown}
          width={width}
          height={height}
        />
      );
    },
    refresh: editor.reload,
    canLeave: editor.canLeave,
  };
}

function htmlQuestion(present: HtmlKind): QuestionDialog {
  const buttons = [
    { id: 'fromText', label: 'From the plain text' },
    { id: 'own', label: 'Its own' },
    { id: 'none', label: 'None' },
  ];
  const text =
    'Made from the plain text, the HTML follows every edit. Its own begins with that and does not follow it. With none, the plain text is sent alone.';
  const focused = buttons.findIndex(({ id }) => id === present);
  return { kind: 'question', title: 'HTML', text, buttons, focused, escape: cancelled };
}
