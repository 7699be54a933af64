// Writes docs/settings.md from schemas and their texts: `npm run settings-document`. A test fails when it is out of date.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { emailSettingTexts } from '../src/core/email/email-setting-texts.ts';
import { emailSettingsSchema } from '../src/core/email/email-settings.ts';
import { gatewaySettingTexts } from '../src/core/gateways/gateway-setting-texts.ts';
import { gatewayKinds, gatewayNames, gatewaySettingsSchema } from '../src/core/gateways/gateway-settings.ts';
import { requestVariables } from '../src/core/gateways/request/request-values.ts';
import { companySettingsSchema } from '../src/core/settings/company-settings.ts';
import { settingGroups, settingTexts } from '../src/core/settings/setting-text.ts';
import { syncSettingTexts } from '../src/core/sync/sync-setting-texts.ts';
import { syncSettingsSchema } from '../src/core/sync/sync-settings.ts';
import { wordingVariables } from '../src/core/wordings/render-wording.ts';
import { wordingMethods } from '../src/core/wordings/wording-key.ts';

export const settingsFile = join(import.meta.dirname, '..', 'docs', 'settings.md');

export function settingsDocument(): string {
  return `# Settings

Every setting with its values and its default. "npm run settings-document" writes this page from the schemas that
commands, the console and files of settings use, too.

## Company settings

\`mfa-console settings set KEY=VALUE\`, or Company Settings in the console. \`none\`, in files \`null\`,
empties a setting that may be empty.

${companyGroups()}
## E-mail

\`mfa-console email settings set\`, or Email, tab Settings, in the console; \`email:\` in files of settings. The password of
the account is a secret and in no file.

${table(emailSettingsSchema, emailSettingTexts)}
## Synchronization

\`mfa-console sync settings set KEY=VALUE\`, or Directory Integration, tab Synchronization, in the console;
\`synchronization:\` in files of settings. Items are not in them, because they name places of one directory.

${table(syncSettingsSchema, syncSettingTexts)}
## Gateways

\`mfa-console gateway text set\` and \`mfa-console gateway voice set\`; \`gateways:\` in files of settings. Secrets are named as
\`<$secret.NAME$>\` and sealed, values as \`<$value.NAME$>\`.

${table(gatewaySettingsSchema, gatewaySettingTexts)}
${gatewayKinds.map(variables).join('\n')}
## Wordings

\`mfa-console wordings edit\`; \`wordings:\` in files of settings, by names such as \`textMessage/oneWayOtp/de\`.

${wordingMethods.map((method) => `- ${method}: ${wordingVariables[method].map(variable).join(', ')}`).join('\n')}
`;
}

function companyGroups(): string {
  const fields = Object.entries(companySettingsSchema.shape);
  const groups = Object.values(settingGroups).map((group) => {
    const rows = fields.flatMap(([name, field]) => {
      const text = settingTexts.get(field);
      if (text?.group !== group) return [];
      const usedBy = text.usedBy === undefined ? '' : ` Used by the ${text.usedBy}.`;
      return [row(name, `**${text.title}.** ${text.help}${usedBy}`, field, text.unit)];
    });
    return `### ${group}\n\n${head}${rows.join('')}`;
  });
  return groups.join('\n');
}

const head = '| setting | what it does | values | default |\n|---|---|---|---|\n';

function table(schema: z.ZodObject, texts: Readonly<Record<string, string>>): string {
  const rows = Object.entries(schema.shape).map(([name, field]) => row(name, texts[name] ?? '', field));
  return `${head}${rows.join('')}`;
}

function row(name: string, text: string, field: z.core.$ZodType, unit?: string): string {
  const shape = z.toJSONSchema(field, { io: 'input' });
  const initial = shape.default === null ? 'none' : JSON.stringify(shape.default);
  const cells = [`\`${name}\``, text.replace(/<\$.*?\$>/g, '`$&`'), valuesOf(shape, unit), `\`${initial}\``];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
}

type Shape = z.core.JSONSchema.BaseSchema;

function valuesOf(shape: Shape, unit = ''): string {
  const { anyOf, enum: choices, type, minimum, maximum, maxLength } = shape;
  if (anyOf !== undefined) return anyOf.map((one) => valuesOf(one as Shape, unit)).join(', or ');
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (Array.isArray(type))
    return type.map((one) => valuesOf({ ...shape, type: one as 'string' }, unit)).join(', or ');
  if (type === 'boolean') return 'yes or no';
  if (type === 'null') return '`none`';
  if (type === 'object') return 'texts by name';
  if (type === 'array') return 'a list of texts';
  if (type === 'integer' || type === 'number') return `${minimum} to ${maximum} ${unit}`.trim();
  return maxLength === undefined ? 'text' : `text of at most ${maxLength} characters`;
}

function variables(kind: (typeof gatewayKinds)[number]): string {
  const lines = Object.entries(requestVariables[kind]).map(
    ([name, meaning]) => `- ${variable(name)}: ${meaning}`,
  );
  return `Variables of a ${gatewayNames[kind]}:\n\n${lines.join('\n')}\n`;
}

function variable(name: string): string {
  return `\`<$${name}$>\``;
}

if (import.meta.main) writeFileSync(settingsFile, settingsDocument());
