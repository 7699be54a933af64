import { isMfaError } from '../../../core/errors.ts';
import {
  importSettings,
  type SettingChanges,
  type SettingKey,
} from '../../../core/settings/change-settings.ts';
import { bindCommands } from '../../commands/command.ts';
import type { Screen, ScreenContext } from '../../shell/screen.ts';
import { combineStores, createStore } from '../../store.ts';
import { countOf } from '../../text/count-text.ts';
import { createFactsScroll } from '../../widgets/facts/facts.ts';
import type { Fact } from '../../widgets/facts/facts-lines.ts';
import { FactsView } from '../../widgets/facts/facts-view.tsx';
import { settingText, settingTitle } from '../setting-words.ts';
import { settingsImportCommands } from './keys.ts';

export interface SettingsImport {
  readonly file: string;
  /** What the file names. */
  readonly given: Readonly<Record<string, unknown>>;
  /** What would change. */
  readonly changes: SettingChanges;
  /** Called when they are changed. */
  onDone(): void;
}

/** What a file would change; one key changes it. */
export function openSettingsImport(context: ScreenContext, options: SettingsImport): Screen {
  const { core } = context;
  const { file, given } = options;
  const scroll = createFactsScroll();
  const shown = createStore(options.changes);

  function apply(): void {
    try {
      importSettings(core, given, { expected: shown.get() });
    } catch (error) {
      // What is stored now is compared anew, so that the next key changes what was seen.
      if (isMfaError(error, 'settings.changed')) shown.set(importSettings(core, given, { dryRun: true }));
      void context.reportError('The settings were not changed', error);
      return;
    }
    const count = Object.keys(shown.get()).length;
    context.dataWasRead();
    options.onDone();
    context.back();
    context.status.say(`${countOf(count, 'setting')} changed.`, 'ok');
  }

  return {
    title: () => 'Import',
    wantsWidth: true,
    layer: {
      name: 'import of settings',
      commands: [...bindCommands(settingsImportCommands, shown.get, apply), ...scroll.commands],
    },
    state: combineStores(shown, scroll),
    draw: (width, height) => (
      <FactsView facts={changeFacts(file, shown.get())} scroll={scroll} width={width} height={height} />
    ),
  };
}

/** Old and new value of each setting. */
export function changeFacts(file: string, changes: SettingChanges): readonly Fact[] {
  const entries = Object.entries(changes) as [SettingKey, [unknown, unknown]][];
  return [
    { label: 'File', value: file },
    { label: 'Would change', value: countOf(entries.length, 'setting') },
    { label: '', value: '' },
    ...entries.flatMap(([key, [before, after]]): Fact[] => [
      { label: settingTitle(key), value: `${settingText(key, before)} -> ${settingText(key, after)}` },
    ]),
  ];
}
