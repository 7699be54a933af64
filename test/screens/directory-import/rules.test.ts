import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ImportRules, importRulesSchema } from '../../../src/core/import/import-rules.ts';
import { defaultMode } from '../../../src/core/users/method.ts';
import {
  languagesForm,
  methodForm,
  withLanguages,
  withMethod,
} from '../../../src/screens/directory-import/rules/defaults-forms.ts';
import { rulesText } from '../../../src/screens/directory-import/rules/rules-text.ts';
import { settingsForm, withSettings } from '../../../src/screens/directory-import/rules/settings-form.ts';
import { arbitraryRules } from '../../helpers/arbitrary-imports.ts';

const defaults = importRulesSchema.parse({});

describe('the forms of an import', () => {
  test('give back the rules that they were opened with, and touch no others', () => {
    fc.assert(
      fc.property(arbitraryRules, (some) => {
        const rules = importRulesSchema.parse(some);
        expect(withSettings(rules, settingsForm(rules).values)).toEqual(rules);
        expect(withLanguages(rules, languagesForm(rules).values)).toEqual(rules);
        const { method, mode } = rules;
        const shown = { ...rules, mode: method === null ? null : (mode ?? defaultMode(method)) };
        expect(withMethod(rules, methodForm(rules).values)).toEqual(shown);
      }),
    );
  });

  test('offer every value that a rule may have', () => {
    const forms = [settingsForm(defaults), methodForm(defaults), languagesForm(defaults)];
    const offered = Object.fromEntries(
      forms.flatMap(({ fields }) =>
        fields.flatMap((field) => (field.kind === 'choice' ? [[field.id, field.options.length]] : [])),
      ),
    );
    expect(offered).toMatchObject({ phone: 8, backupPhone: 8, enable: 4, languagePhoneCall: 9 });
    // Phone call 2, text message 4, mobile app 2, OATH token 2, and none.
    expect(offered.method).toBe(11);
  });

  test('change what was chosen', () => {
    expect(
      withSettings(defaults, { ...settingsForm(defaults).values, phone: 'ipPhone', addNew: false }),
    ).toEqual({ ...defaults, phone: 'ipPhone', addNew: false });
    expect(withMethod(defaults, { method: 'textMessage oneWayOtpPin', methodPolicy: 'keepInStep' })).toEqual({
      ...defaults,
      method: 'textMessage',
      mode: 'oneWayOtpPin',
      methodPolicy: 'keepInStep',
    });
    expect(
      withLanguages(defaults, {
        ...languagesForm(defaults).values,
        languageMobileApp: 'de',
        languagePolicy: 'keepInStep',
      }),
    ).toEqual({ ...defaults, languageMobileApp: 'de', languagePolicy: 'keepInStep' });
  });
});

test.each<[Partial<ImportRules>, string]>([
  [{}, 'add, mobile phone, enable new with phone'],
  [
    { updateExisting: true, takeOver: true },
    'add and update and take over, mobile phone, enable new with phone',
  ],
  [{ addNew: false }, 'neither add nor update, mobile phone, enable new with phone'],
  [{ phone: 'none', enable: 'never' }, 'add, no phone, enable nobody'],
  [{ backupPhone: 'business', enable: 'always' }, 'add, mobile phone, backup business, enable all'],
  [
    { method: 'oathToken', languagePhoneCall: 'de', languageMobileApp: 'de' },
    'add, mobile phone, enable new with phone, OATH token, German',
  ],
  [
    { method: 'oathToken', methodPolicy: 'keepInStep', languagePhoneCall: 'de', languageMobileApp: 'fr' },
    'add, mobile phone, enable new with phone, OATH token in step, several languages',
  ],
])('the rules %j are told as "%s"', (rules, text) => {
  expect(rulesText(importRulesSchema.parse(rules))).toBe(text);
});
