import { describe, expect, it } from 'vitest';
import { listAudit } from '../../../src/core/audit/audit-query.ts';
import { languages } from '../../../src/core/users/method.ts';
import { messageParts } from '../../../src/core/wordings/message-parts.ts';
import { checkWording } from '../../../src/core/wordings/render-wording.ts';
import { allWordingKeys, parseWordingName, wordingName } from '../../../src/core/wordings/wording-key.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

const english = parseWordingName('textMessage/oneWayOtp/en');

describe('built-in wordings', () => {
  it('could be saved as they are, say the application and the code, and differ by language', async () => {
    const { wordings } = temporaryCore();
    const keys = allWordingKeys();
    const texts = new Set<string>();
    for (const key of keys) {
      checkWording(key, await wordings.builtIn(key));
      const text = await wordings.render(key, { applicationName: 'Portal', otp: '482916' });
      texts.add(text);
      expect(text).toContain('Portal');
      expect(text.includes('482916')).toBe(key.method === 'textMessage');
      const nameless = await wordings.render(key, { applicationName: null, otp: '482916' });
      expect(nameless).not.toMatch(/ {2}|[<{%$]| [.,]/);
      expect(messageParts(text).parts).toBeLessThanOrEqual(3);
    }
    expect(keys).toHaveLength(6 * languages.length);
    expect(texts.size).toBe(keys.length);
  });
});

describe('an edited wording', () => {
  it('is what is sent until it is reset, and is told of in the audit log', async () => {
    const core = temporaryCore();
    const { wordings } = core;
    const text = '<$otp$> opens <$application_name$>';
    expect(await wordings.save([[english, text]])).toEqual({ [wordingName(english)]: [null, text] });
    const values = { applicationName: 'the \u202eVPN\r\nX', otp: '123456' };
    expect(await wordings.render(english, values)).toBe('123456 opens the  VPN X');
    expect(listAudit(core.store, {}, 1)).toMatchObject([
      { action: 'wordings.changed', details: { fields: { [wordingName(english)]: [null, text] } } },
    ]);
    expect(await wordings.save([[english, await wordings.builtIn(english)]])).toEqual({
      [wordingName(english)]: [text, null],
    });
    expect(wordings.load().overrides).toEqual({});
    expect(await wordings.save([[english, null]])).toEqual({});
  });

  it('does not replace what somebody else wrote meanwhile', async () => {
    const { wordings } = temporaryCore();
    const { version } = wordings.load();
    await wordings.save([[english, 'first <$otp$>']]);
    const late = wordings.save([[english, 'second <$otp$>']], { version });
    await expect(late).rejects.toMatchObject({ code: 'settings.changed' });
    expect(await wordings.text(english)).toBe('first <$otp$>');
  });

  it('is only checked in a dry run', async () => {
    const { wordings } = temporaryCore();
    expect(await wordings.save([[english, 'code <$otp$>']], { dryRun: true })).not.toEqual({});
    expect(wordings.load()).toEqual({ overrides: {}, version: 0 });
  });
});

describe('a wording cannot be saved', () => {
  it.each([
    ['without its code', 'textMessage/oneWayOtp/en', 'Hello', /does not have the code/],
    [
      'with its code only for some',
      'textMessage/oneWayOtp/en',
      '{% if application_name %}<$otp$>{% endif %}',
      /the code/,
    ],
    [
      'with an unknown variable',
      'textMessage/oneWayOtp/en',
      '<$opt$>',
      /unknown variable "opt" at line 1, column 3/,
    ],
    ['with a code that nobody has', 'oathToken/otp/en', 'Enter <$otp$>', /unknown variable "otp"/],
    ['with a broken tag', 'oathToken/otp/en', '{% if application_name %}', /cannot be used/],
    ['empty', 'oathToken/otp/en', ' ', /is empty/],
    ['too long', 'oathToken/otp/en', 'x'.repeat(1001), /more than 1000/],
  ])('%s', (_, name, text, reason) => {
    const failure = { code: 'wording.invalid', message: expect.stringMatching(reason) };
    expect(() => checkWording(parseWordingName(name), text)).toThrowError(expect.objectContaining(failure));
  });
});

it.each(['phoneCall/pin/en', 'textMessage/pin/en', 'textMessage/oneWayOtp/xx', 'textMessage', 'a/b/c/d'])(
  '%s is no wording',
  (name) => {
    expect(() => parseWordingName(name)).toThrowError(expect.objectContaining({ code: 'wording.unknown' }));
  },
);

it.each([
  ['x'.repeat(160), 'GSM-7', 160, 1],
  ['x'.repeat(161), 'GSM-7', 161, 2],
  ['Grüße {€}', 'GSM-7', 12, 1],
  ['código', 'UCS-2', 6, 1],
  ['日'.repeat(71), 'UCS-2', 71, 2],
  ['😀', 'UCS-2', 2, 1],
] as const)('%j is sent in %s as %i characters in %i parts', (text, encoding, characters, parts) => {
  expect(messageParts(text)).toEqual({ encoding, characters, parts });
});
