import { countOf } from '../../../core/count-text.ts';
import { isMfaError } from '../../../core/errors.ts';
import type { ExchangeChanges, PreparedImport } from '../../../core/exchange/import-settings.ts';
import { type SettingKey, settingKeys } from '../../../core/settings/change-settings.ts';
import { bindCommands } from '../../commands/command.ts';
import type { Screen, ScreenContext } from '../../shell/screen.ts';
import { combineStores, createStore } from '../../store.ts';
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
  readonly prepared: PreparedImport;
  /** Called when they are changed. */
  onDone(): void;
}

/** What a file would change; one key changes it. */
export function openSettingsImport(context: ScreenContext, options: SettingsImport): Screen {
  const { core } = context;
  const { file, given } = options;
  const scroll = createFactsScroll();
  let prepared = options.prepared;
  const shown = createStore(prepared.changes);

  async function apply(): Promise<void> {
    try {
      prepared.apply();
    } catch (error) {
      // What is stored now is compared anew, so that the next key changes what was seen.
      if (isMfaError(error, 'settings.changed')) await prepareAnew();
      void context.reportError('The settings were not changed', error);
      return;
    }
    const count = Object.keys(shown.get()).length;
    context.dataWasRead();
    options.onDone();
    context.back();
    context.status.say(`${countOf(count, 'setting')} changed.`, 'ok');
  }

  async function prepareAnew(): Promise<void> {
    const { prepareImport } = await import('../../../core/exchange/import-settings.ts');
    prepared = await prepareImport(core, given);
    shown.set(prepared.changes);
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
export function changeFacts(file: string, changes: ExchangeChanges): readonly Fact[] {
  const entries = Object.entries(changes);
  return [
    { label: 'File', value: file },
    { label: 'Would change', value: countOf(entries.length, 'setting') },
    { label: '', value: '' },
    ...entries.flatMap(([key, [before, after]]): Fact[] => [
      isCompanySetting(key)
        ? { label: settingTitle(key), value: `${settingText(key, before)} -> ${settingText(key, after)}` }
        : { label: key, value: `${before ?? 'none'} -> ${after ?? 'none'}` },
    ]),
  ];
}

function isCompanySetting(name: string): name is SettingKey {
  return settingKeys.some((key) => key === name);
}
