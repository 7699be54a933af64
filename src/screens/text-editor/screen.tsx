import { bindCommands } from '../commands/command.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import { combineStores, createStore } from '../store.ts';
import { unsavedChanges } from '../widgets/dialog/state.ts';
import { createTextArea } from '../widgets/text-area/text-area.ts';
import { type TextEditorCommandId, textEditorCommands } from './keys.ts';
import { TextEditorView } from './text-editor-view.tsx';
import type { TextProblem } from './text-problem.ts';

export interface TextEditorOptions {
  /** For the breadcrumb. */
  readonly title: string;
  readonly text: string;
  /** Characters that the text may have. */
  readonly longest: number;
  /** Called with every change. */
  check(text: string): TextProblem | null;
  /** What is told below the text: what it comes to, or what may stand in it. */
  below(text: string): readonly string[];
  /** Takes a text without problems over. @returns false when it was not taken, after saying why */
  save(text: string): boolean | Promise<boolean>;
}

/** A text of several lines with what is wrong with it, over the screen that it belongs to. */
export function openTextEditor(context: ScreenContext, options: TextEditorOptions): Screen {
  const { overlays, status, isReadOnly } = context;
  const area = createTextArea(options);
  const saved = createStore(area.text());
  const problem = () => options.check(area.text());
  const hasChanges = () => area.text() !== saved.get();

  async function save(): Promise<boolean> {
    const text = area.text();
    const found = problem();
    if (found !== null) {
      if (found.line !== null) area.dispatch({ type: 'go', line: found.line, column: 1 });
      status.say('The text cannot be taken over like this.', 'warning');
      return false;
    }
    if (!(await options.save(text))) return false;
    saved.set(text);
    return true;
  }

  async function saveAndLeave(): Promise<void> {
    if (await save()) context.back();
  }

  async function askAboutChanges(): Promise<boolean> {
    const answer = await overlays.ask(unsavedChanges('The text'));
    return answer === 'save' ? save() : answer === 'discard';
  }

  const actions: Record<TextEditorCommandId, () => void> = {
    'text.save': () =>
      void saveAndLeave().catch((error) => context.reportError('The text was not taken over', error)),
    'text.undo': () => area.dispatch({ type: 'undo' }),
    'text.redo': () => area.dispatch({ type: 'redo' }),
  };
  const commands = bindCommands(
    textEditorCommands,
    () => {
      const { undo, redo } = area.get();
      return { isReadOnly, hasChanges: hasChanges(), canUndo: undo.length > 0, canRedo: redo.length > 0 };
    },
    (id) => actions[id](),
  );
  return {
    title: () => options.title,
    wantsWidth: true,
    layer: {
      name: 'text editor',
      commands,
      capture: area.capture,
      takes: area.takes,
      hints: () => (isReadOnly || hasChanges() ? [] : [{ key: 'Type', title: 'to edit' }]),
    },
    state: combineStores(area, saved),
    draw: (width, height) => (
      <TextEditorView
        area={area}
        problem={problem()}
        below={options.below(area.text())}
        width={width}
        height={height}
      />
    ),
    canLeave: () => (hasChanges() ? askAboutChanges() : true),
  };
}
