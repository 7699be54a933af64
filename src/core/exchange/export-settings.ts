import type { Core } from '../core.ts';
import { emailSettingTexts } from '../email/email-setting-texts.ts';
import { gatewaySettingTexts } from '../gateways/gateway-setting-texts.ts';
import { gatewayKinds, gatewayNames } from '../gateways/gateway-settings.ts';
import { settingsYaml } from '../settings/settings-yaml.ts';
import { syncSettingTexts } from '../sync/sync-setting-texts.ts';

type ExportedCore = Pick<
  Core,
  'companySettings' | 'emailDelivery' | 'synchronization' | 'gateways' | 'wordings'
>;

/** Company, e-mail, synchronization and gateway settings and edited wordings as commented YAML, without secrets. */
export async function exportSettings(core: ExportedCore): Promise<string> {
  const { companySettings, emailDelivery, synchronization, gateways, wordings } = core;
  const { settings: email, hasPassword } = emailDelivery.load();
  const secrets = hasPassword ? ['email.password'] : [];
  const parts = [
    settingsYaml(companySettings.load()),
    `# E-mail\n\nemail:\n${fields(email, emailSettingTexts, '  ')}`,
    `# When and how the items of synchronization are synchronized\n\nsynchronization:\n${fields(synchronization.settings(), syncSettingTexts, '  ')}`,
    '# Gateways for text messages and voice calls\n\ngateways:\n',
  ];
  for (const kind of gatewayKinds) {
    const { settings } = gateways[kind].load();
    parts.push(
      `  # For each ${gatewayNames[kind]}.\n  ${kind}:\n${fields(settings, gatewaySettingTexts, '    ')}`,
    );
    const named = await gateways[kind].secretsOf(settings);
    secrets.push(...named.map(({ name }) => `gateways.${kind}.${name}`));
  }
  const { overrides } = wordings.load();
  const lines = Object.entries(overrides).map(([name, text]) => `  ${name}: ${JSON.stringify(text)}\n`);
  parts.push(
    '# Text messages and OATH prompts in other words than those that are built in; null takes the built-in ones\n\n',
    lines.length === 0 ? 'wordings: {}\n' : `wordings:\n${lines.join('')}`,
    secrets.length === 0
      ? ''
      : `\n# Secrets are not in this file. Give them to the server that imports it: ${secrets.join(', ')}.\n`,
  );
  return parts.join('\n');
}

function fields<Settings extends object>(
  settings: Settings,
  texts: Readonly<Record<keyof Settings, string>>,
  indent: string,
): string {
  const names = Object.keys(settings) as (keyof Settings & string)[];
  // Every JSON value is a YAML value.
  return names
    .map((name) => `${indent}# ${texts[name]}\n${indent}${name}: ${JSON.stringify(settings[name])}\n`)
    .join('');
}
