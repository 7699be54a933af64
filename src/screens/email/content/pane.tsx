import { compareTemplates } from '../../../core/email/templates/compare-templates.ts';
import { MailTemplates } from '../../../core/email/templates/mail-templates.ts';
import { type TemplateKey, templateName } from '../../../core/email/templates/template-key.ts';
import { defaultMode } from '../../../core/users/method.ts';
import type { User } from '../../../core/users/user.ts';
import { bindCommands } from '../../commands/command.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { combineStores, createStore } from '../../store.ts';
import type { Pane } from '../../tabbed/pane.ts';
import { confirmation, confirmed } from '../../widgets/dialog/state.ts';
import { createFactsScroll } from '../../widgets/facts/facts.ts';
import { createTree } from '../../widgets/tree/tree.ts';
import { type BodyView, nextView } from '../mail-body/mail-body.ts';
import { chooseUser } from './choose-user.ts';
import { ContentView } from './content-view.tsx';
import { type ContentCommandId, contentCommands } from './keys.ts';
import { createShownTemplate } from './shown-template.ts';
import { templateTitle } from './template-title.ts';
import { nodesAbove, templateOf, templateTree } from './template-tree.ts';

/** Commands of a tree that mean nothing here: nothing is marked, and `r` reads all of it. */
const unused = new Set(['tree.mark', 'tree.refresh']);

/** What mails say: the templates, and the mails that they make. */
export async function openContent(context: ScreenContext): Promise<Pane> {
  const { core, overlays, status } = context;
  const templates = new MailTemplates(core);
  const services = { templates, companySettings: core.companySettings };
  let edited = new Set(templates.edited().keys());
  const tree = createTree(templateTree(() => edited));
  const scroll = createFactsScroll();
  const view = createStore<BodyView>('text');
  const pane = createStore<'tree' | 'mail'>('tree');
  const user = createStore<User | null>(null);
  const shown = createShownTemplate(services, core.clock);

  const template = (): TemplateKey | undefined => templateOf(tree.get().cursor);

  /** Opens the way to a template and puts the cursor on it. */
  async function goTo(id: string): Promise<void> {
    await tree.settled();
    for (const node of nodesAbove(id)) {
      tree.expand(node);
      await tree.settled();
    }
    tree.dispatch({ type: 'go', id });
  }

  let going: Promise<void> | null = null;

  async function refresh(): Promise<void> {
    edited = new Set(templates.edited().keys());
    const { children } = tree.get();
    for (const parent of children.keys()) tree.reload(parent);
    shown.forget();
    await tree.settled();
  }

  async function changed(): Promise<void> {
    context.dataWasRead();
    await refresh();
  }

  async function edit(): Promise<void> {
    const key = template();
    const { cursor } = tree.get();
    if (key !== undefined) {
      const options = { key, templates, user: user.get(), onSaved: () => void changed() };
      context.open(
        import('./editor/screen.tsx').then(({ openTemplateEditor }) => openTemplateEditor(context, options)),
      );
    } else if (cursor !== null) tree.run('tree.expand');
  }

  async function compare(): Promise<void> {
    const key = template();
    if (key === undefined) return;
    const { source } = templates.load(key);
    const differences = compareTemplates(templates.builtIn.source(key), source, key.language);
    context.open(import('./compare-screen.tsx').then(({ openComparison }) => openComparison(differences)));
  }

  async function reset(): Promise<void> {
    const key = template();
    if (key === undefined) return;
    const { version } = templates.load(key);
    const text = `Drop what was edited of "${templateTitle(key)}" and take the built-in template again?`;
    if ((await overlays.ask(confirmation('Reset a template', text, 'Reset'))) !== confirmed) return;
    templates.reset(key, { version });
    await changed();
    status.say(`${templateTitle(key)} is the built-in template again.`, 'ok');
  }

  const actions: Record<ContentCommandId, () => Promise<void>> = {
    'content.edit': edit,
    'content.user': async () => {
      const chosen = await chooseUser(context);
      if (chosen === undefined) return;
      shown.forget();
      user.set(chosen);
    },
    'content.view': async () => view.set(nextView(view.get())),
    'content.compare': compare,
    'content.reset': reset,
    'content.pane': async () => pane.set(pane.get() === 'tree' ? 'mail' : 'tree'),
  };
  const own = bindCommands(
    contentCommands,
    () => ({
      isReadOnly: context.isReadOnly,
      isTemplate: template() !== undefined,
      isEdited: edited.has(tree.get().cursor ?? ''),
    }),
    (id) => void actions[id]().catch((error) => context.reportError('Email Content', error)),
  );
  const moving = tree.commands.filter(({ command }) => !unused.has(command.id));

  function lines(width: number) {
    const key = template();
    if (key !== undefined) return shown.lines(key, user.get(), view.get(), width);
    return [
      [{ text: 'Choose a kind of mail and a language.', token: 'dim' as const }],
      [{ text: 'Right opens, Left closes.', token: 'dim' as const }],
    ];
  }

  // Another mail is read from its beginning.
  let { cursor } = tree.get();
  tree.subscribe(() => {
    if (tree.get().cursor === cursor) return;
    cursor = tree.get().cursor;
    scroll.dispatch({ type: 'top' });
  });
  const { languagePhoneCall } = core.companySettings.load();
  const first = { method: 'phoneCall', kind: 'newUser', language: languagePhoneCall ?? 'en' } as const;
  await goTo(templateName({ ...first, mode: defaultMode(first.method) }));

  return {
    layer: {
      name: 'email content',
      get commands() {
        return [...own, ...(pane.get() === 'tree' ? moving : scroll.commands)];
      },
    },
    state: combineStores(tree, scroll, view, pane, user),
    draw: (width, height) => (
      <ContentView
        tree={tree}
        scroll={scroll}
        lines={lines}
        isAtTree={pane.get() === 'tree'}
        width={width}
        height={height}
      />
    ),
    pending: () => going ?? ([...tree.get().children.values()].includes('loading') ? tree.settled() : null),
    refresh,
    show(place) {
      if (templateOf(place) === undefined) return;
      going = goTo(place).finally(() => {
        going = null;
      });
    },
  };
}
