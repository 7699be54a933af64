import * as z from 'zod';
import type { AuditLog } from '../audit/audit-log.ts';
import type { SettingsDocument } from '../settings/settings-document.ts';
import type { Store } from '../store/store.ts';
import { type WordingKey, wordingName } from './wording-key.ts';

export const wordingsSchema = z.object({
  /** What administrators wrote in the place of built-in wordings, by name. */
  overrides: z.record(z.string(), z.string()).default({}),
});

export interface WordingsServices {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly settings: SettingsDocument<typeof wordingsSchema>;
}

export interface SaveWordingOptions {
  /** The version of the wordings that was seen; when another one is stored, nothing is written. */
  readonly version?: number | undefined;
  /** Checks everything and writes nothing. */
  readonly dryRun?: boolean;
}

/** Old and new text by name; null for the built-in one. */
export type WordingChanges = Record<string, [old: string | null, now: string | null]>;

/** What text messages and OATH prompts say: built-in texts, and what administrators wrote in their place. */
export class Wordings {
  readonly #services: WordingsServices;

  constructor(services: WordingsServices) {
    this.#services = services;
  }

  /** The edited texts by name, and the version that grows with every edit. */
  load(): { readonly overrides: Readonly<Record<string, string>>; readonly version: number } {
    const { value, version } = this.#services.settings.loadVersioned();
    return { overrides: value.overrides, version };
  }

  /** The text that counts. */
  async text(key: WordingKey): Promise<string> {
    return this.load().overrides[wordingName(key)] ?? (await this.builtIn(key));
  }

  async builtIn(key: WordingKey): Promise<string> {
    const { builtInWording } = await import('./built-in-wordings.ts');
    return builtInWording(key);
  }

  /** What is sent or asked. @param values `otp` is left out by a prompt */
  async render(key: WordingKey, values: { applicationName: string | null; otp?: string }): Promise<string> {
    const { renderWording } = await import('./render-wording.ts');
    const { applicationName, otp = '' } = values;
    return renderWording(await this.text(key), { application_name: applicationName ?? '', otp });
  }

  /**
   * Puts texts in the place of those that count; null, and the built-in text itself, take the built-in one again.
   * @returns what changed; empty when nothing did, and then nothing is written
   * @throws {MfaError} `wording.invalid`, `settings.changed`
   */
  async save(
    texts: readonly (readonly [WordingKey, string | null])[],
    { version, dryRun = false }: SaveWordingOptions = {},
  ): Promise<WordingChanges> {
    const save = await this.prepare(texts, version);
    return save({ dryRun });
  }

  /** As {@link save}, with everything that takes time done before, for transactions of others. */
  async prepare(
    texts: readonly (readonly [WordingKey, string | null])[],
    version: number | undefined,
  ): Promise<(options: { readonly dryRun: boolean }) => WordingChanges> {
    const { checkWording } = await import('./render-wording.ts');
    const wanted = new Map<string, string | null>();
    for (const [key, text] of texts) {
      if (text !== null) checkWording(key, text);
      const trimmed = text?.trim() ?? null;
      wanted.set(wordingName(key), trimmed === (await this.builtIn(key)) ? null : trimmed);
    }
    const { store, audit, settings } = this.#services;
    return ({ dryRun }) =>
      store.transaction(() => {
        settings.requireVersion(version, 'The wordings');
        const overrides = new Map(Object.entries(settings.load().overrides));
        const changes: WordingChanges = {};
        for (const [name, text] of wanted) {
          const old = overrides.get(name) ?? null;
          if (old === text) continue;
          changes[name] = [old, text];
          if (text === null) overrides.delete(name);
          else overrides.set(name, text);
        }
        if (dryRun || Object.keys(changes).length === 0) return changes;
        settings.save({ overrides: Object.fromEntries(overrides) });
        audit.append({ action: 'wordings.changed', target: 'wordings', details: { fields: changes } });
        return changes;
      });
  }
}
