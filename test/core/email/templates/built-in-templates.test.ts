import { describe, expect, test } from 'vitest';
import {
  partNames,
  readComposition,
  readSentences,
} from '../../../../src/core/email/templates/built-in-files.ts';
import { BuiltInTemplates } from '../../../../src/core/email/templates/built-in-templates.ts';
import { checkTemplate } from '../../../../src/core/email/templates/check-template.ts';
import { TemplateRenderer } from '../../../../src/core/email/templates/render-template.ts';
import { allTemplateKeys, templateName } from '../../../../src/core/email/templates/template-key.ts';
import {
  sampleValues,
  type TemplateVariable,
  templateVariables,
} from '../../../../src/core/email/templates/variables.ts';
import { languages, usesPin } from '../../../../src/core/users/method.ts';

const builtIn = new BuiltInTemplates();
const renderer = new TemplateRenderer();
const keys = allTemplateKeys();

describe('the sentences', () => {
  test.each(languages)('of %s are those that the composition asks for, no more and no less', (language) => {
    const { parts } = readSentences(language);
    expect(Object.keys(parts).sort()).toEqual([...partNames(readComposition())].sort());
  });

  test.each(languages.filter((one) => one !== 'en'))('of %s are translated', (language) => {
    const { parts } = readSentences(language);
    const english = readSentences('en').parts;
    const same = Object.keys(parts).filter((name) => parts[name] === english[name]);
    expect(same).toEqual(['closing']);
  });

  test.each(languages)(
    'of %s name the same variables as the English ones, but for the greeting',
    (language) => {
      const variables = (text = '') => [...new Set(text.match(/<\$\w+\$>/g))].sort();
      const english = readSentences('en').parts;
      for (const [name, text] of Object.entries(readSentences(language).parts)) {
        if (name !== 'greeting') expect([name, variables(text)]).toEqual([name, variables(english[name])]);
      }
    },
  );
});

describe('every built-in template', () => {
  test('is there: 10 modes, 3 kinds, 8 languages', () => expect(keys).toHaveLength(240));

  test('could be saved as it is', () => {
    for (const key of keys) expect(() => checkTemplate(builtIn.source(key)), templateName(key)).not.toThrow();
  });

  test('renders with and without every field, and leaves no gap or tag behind', () => {
    for (const key of keys) {
      for (const missing of [null, 'all', ...templateVariables] as const) {
        const values = Object.fromEntries(
          templateVariables.map((name) => [
            name,
            missing === 'all' || missing === name ? '' : sampleValues[name],
          ]),
        ) as Record<TemplateVariable, string>;
        const { subject, text, html } = renderer.render(builtIn.source(key), values, key.language);
        const where = `${templateName(key)} without ${missing}`;
        expect(subject, where).not.toBe('');
        expect(`${subject}${text}${html}`, where).not.toMatch(/<\$|\$>|\{%|%\}|undefined|null/);
        if (missing !== 'all' && missing !== 'username' && missing !== 'method') {
          expect(text, where).not.toMatch(/\S {2,}\S|\n{3,}/);
        }
      }
    }
  });

  test('tells the PIN in modes with a PIN, and only there', () => {
    for (const key of keys) {
      const { text, html } = renderer.render(builtIn.source(key), sampleValues, key.language);
      expect(text.includes(sampleValues.pin), templateName(key)).toBe(usesPin(key.mode));
      expect(html?.includes(sampleValues.pin), templateName(key)).toBe(usesPin(key.mode));
    }
  });

  test('has three numbered steps, in plain text and in HTML', () => {
    for (const key of keys) {
      const { text, html } = renderer.render(builtIn.source(key), sampleValues, key.language);
      expect(text.match(/^\d\. /gm), templateName(key)).toEqual(['1. ', '2. ', '3. ']);
      expect(html?.match(/<li>/g), templateName(key)).toHaveLength(3);
    }
  });
});
