import { createStore, type Store } from '../store.ts';
import type { Screen, ScreenContext } from './screen.ts';
import type { Section } from './section.ts';

export interface Place {
  readonly section: string;
  /** The screens of the section, the first one at the bottom; empty while it is being loaded. */
  readonly screens: readonly Screen[];
}

/** Knows which screen is seen, and how to get from one to another. */
export interface Navigator extends Pick<Store<Place>, 'get' | 'subscribe'> {
  /** The screen that is seen; undefined while it is being loaded. */
  current(): Screen | undefined;
  open(screen: Screen | Promise<Screen>): void;
  back(): void;
  goTo(section: string, place?: string): boolean;
  /** Resolves with true when every screen lets itself be closed. */
  mayLeave(): Promise<boolean>;
  /** What keys must wait for: a screen that is being loaded, or what the present one waits for. */
  loading(): Promise<unknown> | null;
  /** Closes all screens without asking. */
  close(): void;
}

export interface NavigatorOptions {
  readonly sections: readonly Section[];
  readonly context: ScreenContext;
  /** Called when a section is entered. */
  onEnter(): void;
}

export function createNavigator({ sections, context, onEnter }: NavigatorOptions): Navigator {
  const place = createStore<Place>({ section: '', screens: [] });
  /** First screens of the sections that were opened; they keep their place. */
  const opened = new Map<string, Screen>();
  let loading: Promise<void> | null = null;

  const current = () => place.get().screens.at(-1);

  function load(what: Promise<Screen>, then: (screen: Screen) => void): void {
    const mine = what.then(then, (error: unknown) => {
      void context.reportError('The screen cannot be opened', error);
    });
    const done = mine.finally(() => {
      if (loading === done) loading = null;
    });
    loading = done;
  }

  function push(screen: Screen): void {
    const { section, screens } = place.get();
    place.set({ section, screens: [...screens, screen] });
  }

  function open(screen: Screen | Promise<Screen>): void {
    if (screen instanceof Promise) load(screen, push);
    else push(screen);
  }

  function pop(): void {
    const { section, screens } = place.get();
    place.set({ section, screens: screens.slice(0, -1) });
    screens.at(-1)?.close?.();
  }

  function back(): void {
    const screen = current();
    if (place.get().screens.length < 2 || screen === undefined) return;
    whenAllowed(screen, () => {
      if (current() === screen) pop();
    });
  }

  /** Asks every screen, closes what lies over the first one, then goes on. */
  function leaveSection(then: () => void): void {
    const screen = current();
    if (screen === undefined) {
      then();
      return;
    }
    whenAllowed(screen, () => {
      if (place.get().screens.length < 2) {
        then();
        return;
      }
      pop();
      leaveSection(then);
    });
  }

  function enter(section: Section, where: string | undefined): void {
    const arrive = (screen: Screen) => {
      opened.set(section.id, screen);
      place.set({ section: section.id, screens: [screen] });
      onEnter();
      if (where !== undefined) screen.show?.(where);
    };
    const known = opened.get(section.id);
    if (known !== undefined) {
      arrive(known);
      return;
    }
    load(section.open(context), arrive);
  }

  return {
    get: place.get,
    subscribe: place.subscribe,
    current,
    open,
    back,
    goTo(id, where) {
      const section = sections.find((other) => other.id === id);
      if (section === undefined) return false;
      leaveSection(() => enter(section, where));
      return true;
    },
    async mayLeave() {
      for (const screen of place.get().screens.toReversed()) {
        if (!((await screen.canLeave?.()) ?? true)) return false;
      }
      return true;
    },
    loading: () => loading ?? current()?.pending?.() ?? null,
    close() {
      while (place.get().screens.length > 1) pop();
      for (const screen of opened.values()) screen.close?.();
    },
  };
}

/** At once where nobody has to be asked, so that the next key of a packet meets the screen below. */
function whenAllowed(screen: Screen, then: () => void): void {
  const answer = screen.canLeave?.() ?? true;
  if (typeof answer === 'boolean') {
    if (answer) then();
    return;
  }
  void answer.then((may) => {
    if (may) then();
  });
}
