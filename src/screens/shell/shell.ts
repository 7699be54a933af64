import type { Core } from '../../core/core.ts';
import { readStatus, type Status as Standing } from '../../core/status/status.ts';
import { bindCommands } from '../commands/command.ts';
import { createLayerStack, type LayerStack } from '../commands/layers.ts';
import { railWish } from '../preferences/effects.ts';
import type { PreferencesStore } from '../preferences/preferences-store.ts';
import { createStore, type Store } from '../store.ts';
import type { InputEvent } from '../terminal/input-event.ts';
import { confirmation, confirmed } from '../widgets/dialog/state.ts';
import { createStatus, type Status } from '../widgets/status-line/state.ts';
import { watchData } from './data-changes.ts';
import { errorReport } from './error-report.ts';
import { endWhenIdle } from './idle.ts';
import { handleInputs, openHelp, openPalette } from './input-handler.ts';
import { createNavigator, type Navigator } from './navigator.ts';
import { createOverlays, type Overlays } from './overlays.ts';
import { createReadScreens } from './read-screens.ts';
import type { Screen, ScreenContext } from './screen.ts';
import type { Section } from './section.ts';
import {
  backCommands,
  quitCommands,
  type ShellCommandId,
  sectionCommands,
  shellCommands,
} from './shell-keys.ts';
import { shellLayout, tooSmall } from './shell-layout.ts';
import { createWork } from './work.ts';

export interface ShellOptions {
  readonly core: Core;
  readonly sections: readonly Section[];
  readonly isReadOnly: boolean;
  readonly preferences: PreferencesStore;
  /** Of the terminal, in columns and lines. */
  size(): { readonly columns: number; readonly rows: number };
  /** Draws everything anew. */
  redraw(): void;
  /** Ends the console; called once everything may be left. `reason` is for whoever comes back to the terminal. */
  quit(reason?: string): void;
}

/** The console without its drawing: takes keys, holds screens, watches the data. */
export interface Shell {
  readonly context: ScreenContext;
  readonly sections: readonly Section[];
  readonly layers: LayerStack;
  readonly navigator: Navigator;
  readonly overlays: Overlays;
  readonly status: Status;
  /** Whether something was changed since the screen in sight has read it. */
  readonly isOld: Pick<Store<boolean>, 'get' | 'subscribe'>;
  /** What the administrator wants of the rail; null leaves it to the screen. */
  readonly isRailShown: Pick<Store<boolean | null>, 'get' | 'subscribe'>;
  /** How things stand, for the marks of the rail; null before it was read. */
  readonly standing: Pick<Store<Standing | null>, 'get' | 'subscribe'>;
  /** Takes the keys of one packet. Those after a key that loads a screen wait for it. */
  input(events: readonly InputEvent[]): void;
  /** Leaves the console, after asking about what is unsaved or running. */
  quit(): Promise<void>;
  /** Reads how things stand. */
  readStanding(): void;
  /** Ends timers and closes the screens. */
  close(): void;
}

export function createShell(options: ShellOptions): Shell {
  const { core, sections, isReadOnly, preferences } = options;
  const layers = createLayerStack();
  const overlays = createOverlays(layers);
  const status = createStatus();
  const work = createWork();
  const isRailShown = createStore(railWish(preferences.get()));
  const standing = createStore<Standing | null>(null);
  /** First screens of sections that were entered before. */
  const entered = new WeakSet<Screen>();
  const readScreens = createReadScreens(() => navigator.current());
  const changes = watchData(core.dataVersion, () => {
    readScreens.changed();
    readStanding();
  });
  const context: ScreenContext = {
    core,
    isReadOnly,
    preferences,
    identity: identityOf(core.actor, isReadOnly),
    overlays,
    status,
    open: (screen) => navigator.open(screen),
    back: () => navigator.back(),
    goTo: (section, place) => navigator.goTo(section, place),
    dataWasRead() {
      changes.look();
      readScreens.changed();
      readScreens.wereRead(navigator.get().screens);
      readStanding();
    },
    screenWasRead() {
      // A change that is in what was read is no news any more.
      changes.look();
      const screen = navigator.current();
      if (screen !== undefined) readScreens.wereRead([screen]);
    },
    async reportError(title, error) {
      await overlays.ask(errorReport(title, error));
    },
    async work(title, task) {
      try {
        return await work.run(title, task);
      } catch (error) {
        await context.reportError(title, error);
        return undefined;
      }
    },
  };
  const navigator = createNavigator({ sections, context, onEnter: enterSection });
  navigator.subscribe(readScreens.look);
  let isQuitting = false;
  const idle = endWhenIdle({
    minutes: preferences.get().idleMinutes,
    now: core.clock,
    isBusy: () => work.get().length > 0,
    onWarning: () =>
      status.say('Nobody is here: the console ends in a minute. Any key keeps it open.', 'warning'),
    onEnd: (minutes) => options.quit(`The console has ended, because no key was pressed for ${minutes} min.`),
    everyMs: 1000,
  });

  function readStanding(): void {
    try {
      standing.set(readStatus(core));
    } catch {
      // The marks are an extra; the screen that needs the data says what is wrong with it.
    }
  }

  function enterSection(): void {
    const screen = navigator.current();
    const isBack = screen !== undefined && entered.has(screen);
    if (screen !== undefined) entered.add(screen);
    if (readScreens.isOld.get() || (isBack && screen.showsProcesses === true)) refresh();
    else readStanding();
  }

  function refresh(): void {
    context.screenWasRead();
    readStanding();
    readAgain().catch((error) => context.reportError('It cannot be read again', error));
  }

  async function readAgain(): Promise<void> {
    await navigator.current()?.refresh?.();
  }

  function toggleRail(): void {
    const { columns, rows } = options.size();
    const wantsWidth = navigator.current()?.wantsWidth === true;
    const wishes = { wantsWidth, isRailShown: isRailShown.get() };
    isRailShown.set(!shellLayout(columns, rows, wishes).hasRail);
  }

  async function changePreferences(): Promise<void> {
    const { preferencesForm } = await import('../preferences/form.ts');
    const before = preferences.get();
    if ((await overlays.fill(preferencesForm(before, sections, preferences.save))) === null) return;
    const now = preferences.get();
    if (now.rail !== before.rail) isRailShown.set(railWish(now));
    idle.setMinutes(now.idleMinutes);
    status.say('Your preferences are saved.', 'ok');
  }

  async function quit(): Promise<void> {
    if (isQuitting) return;
    isQuitting = true;
    try {
      if (!(await navigator.mayLeave()) || !(await mayStopWork())) return;
      await work.stop();
      options.quit();
    } finally {
      isQuitting = false;
    }
  }

  async function mayStopWork(): Promise<boolean> {
    const [job] = work.get();
    if (job === undefined) return true;
    const text = `${job.title} is not finished. It stops after its present batch; what was written stays.`;
    return (await overlays.ask(confirmation('Quit', text, 'Stop and quit'))) === confirmed;
  }

  const actions: Record<ShellCommandId, () => void> = {
    'shell.refresh': refresh,
    'shell.palette': () => openPalette(layers, overlays, status),
    'shell.help': () => openHelp(layers, overlays),
    'shell.redraw': options.redraw,
    'shell.rail': toggleRail,
    'shell.preferences': () => void changePreferences(),
  };
  const nothing = () => null;
  const everywhere = [
    ...bindCommands(sectionCommands(sections), nothing, (id) => navigator.goTo(id.replace(/^section\./, ''))),
    ...bindCommands(shellCommands, nothing, (id) => actions[id]()),
  ];
  const back = [...everywhere, ...bindCommands(backCommands, nothing, navigator.back)];
  const top = [...everywhere, ...bindCommands(quitCommands, nothing, () => void quit())];

  layers.push({
    name: 'shell',
    get commands() {
      return navigator.get().screens.length > 1 ? back : top;
    },
  });
  // Below every overlay, whenever a screen is opened.
  layers.push({
    name: 'screen',
    get commands() {
      return navigator.current()?.layer.commands ?? [];
    },
    capture: (event) => navigator.current()?.layer.capture?.(event) ?? false,
    takes: (chord) => navigator.current()?.layer.takes?.(chord) ?? false,
    hints: () => navigator.current()?.layer.hints?.() ?? [],
  });

  /** Nobody sees what a key does in a terminal that is too small; it can only be left. */
  function isMeant(event: InputEvent): boolean {
    const { columns, rows } = options.size();
    return tooSmall(columns, rows) === null || (event.type === 'key' && /^(q|ctrl\+c)$/.test(event.chord));
  }

  const queue: InputEvent[] = [];
  let isTaking = false;

  function takeKeys(): void {
    isTaking = true;
    while (queue.length > 0) {
      const loading = navigator.loading();
      if (loading !== null) {
        void loading.then(takeKeys);
        return;
      }
      const [event] = queue.splice(0, 1);
      const before = overlays.get();
      if (event !== undefined && isMeant(event)) {
        handleInputs(layers, status, [event], (key) => queue.unshift(key));
      }
      if (overlays.get() !== before) {
        // Whoever waited for an answer goes on first, perhaps to the next question.
        setImmediate(takeKeys);
        return;
      }
    }
    isTaking = false;
  }

  return {
    context,
    sections,
    layers,
    navigator,
    overlays,
    status,
    isOld: readScreens.isOld,
    isRailShown,
    standing,
    input(events) {
      idle.touch();
      queue.push(...events);
      if (!isTaking) takeKeys();
    },
    quit,
    readStanding,
    close() {
      idle.stop();
      changes.stop();
      navigator.close();
    },
  };
}

function identityOf(actor: string, isReadOnly: boolean): readonly string[] {
  const at = actor.lastIndexOf('@');
  const names = at === -1 ? [actor] : [actor.slice(at + 1), actor.slice(0, at)];
  return isReadOnly ? [...names, 'READ-ONLY'] : names;
}
