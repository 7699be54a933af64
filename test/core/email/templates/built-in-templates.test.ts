import { describe, expect, test } from 'vitest';
import {
  partNames,
  readComposition,
  readSentences,
} from '../../../../src/core/email/templates/built-in-files.ts';
import { BuiltInTemplates } from '../../../../src/core/email/templates/built-in-templates.ts';
import { checkTemplate } from '../../../../src/core/email/templates/check-template.ts';
import { TemplateRenderer } from '../../../../src/core/email/templates/render-template.ts';
import {
  allTemplateKeys,
  isNoticeKey,
  templateName,
} from '../../../../src/core/email/templates/template-key.ts';
import { sampleValues, templateVariables } from '../../../../src/core/email/templates/variables.ts';
import { valuesForKind, variablesOfKind } from '../../../../src/core/email/templates/variables-of-kind.ts';
import { languages, usesPin } from '../../../../src/core/users/method.ts';

const builtIn = new BuiltInTemplates();
const renderer = new TemplateRenderer();
const keys = allTemplateKeys();
const userKeys = keys.filter((key) => !isNoticeKey(key));
const noticeKeys = keys.filter(isNoticeKey);
/** What may be empty without leaving a gap. */
const optional = [
  ...templateVariables.filter((name) => name !== 'username' && name !== 'method'),
  'reasons',
  'users',
  'more_users',
  'error',
];

describe('the sentences', () => {
  test.each(languages)('of %s are those that the composition asks for, no more and no less', (language) => {
    const { parts } = readSentences(language);
    expect(Object.keys(parts).sort()).toEqual([...partNames(readComposition())].sort());
  });

  test.each(languages.filter((one) => one !== 'en'))('of %s are translated', (language) => {
    const { parts } = readSentences(language);
    const english = readSentences('en').parts;
    const same = Object.keys(parts).filter((name) => parts[name] === english[name]);
    // What is typed is the same everywhere.
    expect(same).toEqual(['closing', 'approvalCommands', 'failingCommands']);
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
  test('is there: 10 modes, 3 kinds, 8 languages; 2 kinds for administrators', () => {
    expect(userKeys).toHaveLength(240);
    expect(noticeKeys).toHaveLength(16);
  });

  test('could be saved as it is', () => {
    for (const key of keys)
      expect(() => checkTemplate(builtIn.source(key), key.kind), templateName(key)).not.toThrow();
  });

  test('renders with and without every field, and leaves no gap or tag behind', () => {
    for (const key of keys) {
      const names = variablesOfKind(key.kind).map(({ name }) => name);
      for (const missing of [null, 'all', ...names]) {
        const values = valuesForKind(key.kind, ({ name, sample }) =>
          missing === 'all' || missing === name ? '' : sample,
        );
        const { subject, text, html } = renderer.render(builtIn.source(key), values, key.language);
        const where = `${templateName(key)} without ${missing}`;
        expect(subject, where).not.toBe('');
        expect(`${subject}${text}${html}`, where).not.toMatch(/<\$|\$>|\{%|%\}|undefined|null/);
        if (missing === null || optional.includes(missing)) {
          expect(text, where).not.toMatch(/\S {2,}\S|\n{3,}/);
        }
      }
    }
  });

  test('tells the PIN in modes with a PIN, and only there', () => {
    for (const key of userKeys) {
      const { text, html } = renderer.render(builtIn.source(key), sampleValues, key.language);
      expect(text.includes(sampleValues.pin), templateName(key)).toBe(key.mode !== null && usesPin(key.mode));
      expect(html?.includes(sampleValues.pin), templateName(key)).toBe(
        key.mode !== null && usesPin(key.mode),
      );
    }
  });

  test('has three numbered steps, in plain text and in HTML', () => {
    for (const key of userKeys) {
      const { text, html } = renderer.render(builtIn.source(key), sampleValues, key.language);
      expect(text.match(/^\d\. /gm), templateName(key)).toEqual(['1. ', '2. ', '3. ']);
      expect(html?.match(/<li>/g), templateName(key)).toHaveLength(3);
    }
  });

  test('to administrators has every fact and every command of it', () => {
    for (const key of noticeKeys) {
      const values = valuesForKind(key.kind, ({ name }) => (name === 'run' ? '118' : `[${name}]`));
      const { subject, text } = renderer.render(builtIn.source(key), values, key.language);
      const facts = variablesOfKind(key.kind).filter(({ name }) => name !== 'run');
      for (const { name } of facts) expect(`${subject}\n${text}`, templateName(key)).toContain(`[${name}]`);
      const commands =
        key.kind === 'syncFailing'
          ? ['- mfa-console sync runs', '- mfa-console directory test']
          : [
              '- mfa-console sync runs 118 --change held',
              '- mfa-console sync approve 118',
              '- mfa-console sync reject 118',
            ];
      for (const command of commands) expect(text.split('\n'), templateName(key)).toContain(command);
    }
  });
});
