import { describe, expect, test } from 'vitest';
import { settingKeys } from '../../../src/core/settings/change-settings.ts';
import { companySettingsSchema } from '../../../src/core/settings/company-settings.ts';
import { groupIds, groupOf, keysOf, settingFields } from '../../../src/screens/company-settings/fields.ts';
import { settingText } from '../../../src/screens/company-settings/setting-words.ts';
import { changedSettings, defaultValues, valuesOf } from '../../../src/screens/company-settings/values.ts';
import { optionsOf } from '../../../src/screens/widgets/form/field.ts';

const defaults = companySettingsSchema.parse({});
const fields = settingFields();

describe.each(settingKeys)('the setting %s', (key) => {
  const field = fields.find(({ id }) => id === key);

  test('has a field that can be changed, on one tab, with words of its own', () => {
    expect(field).toBeDefined();
    expect(field?.lockedBecause).toBeUndefined();
    expect(field?.label).not.toBe(key);
    expect(field?.help).toMatch(/^[A-Z].*Default: .+\.$/);
    expect(groupIds.filter((group) => keysOf(group).includes(key))).toEqual([groupOf(key)]);
  });

  test('has its default in the field, and comes back from it unchanged', () => {
    const loaded = valuesOf(defaults);
    expect(defaultValues([key])).toEqual({ [key]: loaded[key] });
    const typed = { ...loaded, [key]: 'something else' };
    expect(companySettingsSchema.shape[key].parse(changedSettings(loaded, typed)[key])).toEqual(
      defaults[key],
    );
  });

  test('is written as words, without a value that only a program knows', () => {
    expect(settingText(key, defaults[key])).toMatch(/^(none|yes|no|fail|[A-Z\d][^{]*)$/);
  });
});

test('a choice that depends on another offers what goes together with it', () => {
  const mode = fields.find(({ id }) => id === 'defaultMode');
  if (mode?.kind !== 'choice') throw new Error('The mode is no choice.');
  const offered = (defaultMethod: string) => optionsOf(mode, { defaultMethod }).map(({ id }) => id);
  expect(offered('')).toEqual(['']);
  expect(offered('oathToken')).toEqual(['', 'otp', 'otpPin']);
});
