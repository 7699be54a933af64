import { type Preferences, preferenceKeys } from '../../core/preferences/preferences.ts';
import { readPreferences } from '../../core/preferences/preferences-file.ts';
import { createStore, type Store } from '../store.ts';

/** What the administrator prefers, kept in a file. */
export interface PreferencesStore extends Pick<Store<Preferences>, 'get' | 'subscribe'> {
  /** What of the file was ignored, as a sentence. */
  readonly problem: string | null;
  readonly lastSection: string | null;
  /** Makes them count, and writes those that are new. @throws {MfaError} `file.unwritable` */
  save(preferences: Preferences): Promise<void>;
  /** Notes where the console was left, for those who prefer to begin there. @throws {MfaError} as save */
  leave(section: string): Promise<void>;
}

export function openPreferences(file: string): PreferencesStore {
  const { preferences, lastSection, problem } = readPreferences(file);
  const store = createStore(preferences);
  return {
    get: store.get,
    subscribe: store.subscribe,
    problem,
    lastSection,
    async save(wished) {
      const before = store.get();
      const isNew = (key: (typeof preferenceKeys)[number]) => String(before[key]) !== String(wished[key]);
      const changes = Object.fromEntries(preferenceKeys.filter(isNew).map((key) => [key, wished[key]]));
      if (Object.keys(changes).length === 0) return;
      const { writePreferences } = await import('../../core/preferences/write-preferences.ts');
      await writePreferences(file, changes);
      store.set(wished);
    },
    async leave(section) {
      if (store.get().startSection !== 'last' || section === lastSection) return;
      const { writePreferences } = await import('../../core/preferences/write-preferences.ts');
      await writePreferences(file, { lastSection: section });
    },
  };
}
