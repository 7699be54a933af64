import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settingsDocument, settingsFile } from '../../../scripts/settings-document.ts';
import { emailSettingsSchema } from '../../../src/core/email/email-settings.ts';
import { gatewaySettingsSchema } from '../../../src/core/gateways/gateway-settings.ts';
import { settingKeys } from '../../../src/core/settings/change-settings.ts';
import { syncSettingsSchema } from '../../../src/core/sync/sync-settings.ts';

describe('the document of settings', () => {
  it('is current; "npm run settings-document" writes it', () => {
    expect(readFileSync(settingsFile, 'utf8')).toBe(settingsDocument());
  });

  it('has every setting in a row of its own', () => {
    const rows = [...settingsDocument().matchAll(/^\| `(\w+)` \| \S.* \| \S.* \| `\S.*` \|$/gm)].map(
      ([, name]) => name,
    );
    const expected = [
      ...settingKeys,
      ...Object.keys(emailSettingsSchema.shape),
      ...Object.keys(syncSettingsSchema.shape),
      ...Object.keys(gatewaySettingsSchema.shape),
    ];
    expect(rows.toSorted()).toEqual(expected.toSorted());
  });
});
