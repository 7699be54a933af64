import { createStore, type Store } from '../store.ts';
import type { Screen } from './screen.ts';

/** Which screens have read what there is now. One that comes into sight for the first time has. */
export interface ReadScreens {
  /** Whether the screen in sight has not. */
  readonly isOld: Pick<Store<boolean>, 'get' | 'subscribe'>;
  /** To be called when another screen is in sight. */
  look(): void;
  /** Something has changed: no screen has read that yet. */
  changed(): void;
  wereRead(screens: readonly Screen[]): void;
}

export function createReadScreens(inSight: () => Screen | undefined): ReadScreens {
  const isOld = createStore(false);
  /** How many changes each screen has read. */
  const read = new WeakMap<Screen, number>();
  let changes = 0;

  function look(): void {
    const screen = inSight();
    if (screen !== undefined && !read.has(screen)) read.set(screen, changes);
    isOld.set(screen !== undefined && read.get(screen) !== changes);
  }

  return {
    isOld,
    look,
    changed() {
      changes += 1;
      look();
    },
    wereRead(screens) {
      for (const screen of screens) read.set(screen, changes);
      look();
    },
  };
}
