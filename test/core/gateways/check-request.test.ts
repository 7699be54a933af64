import { describe, expect, it } from 'vitest';
import { gatewayProblems } from '../../../src/core/gateways/gateway-problems.ts';
import { type GatewaySettings, gatewaySettingsSchema } from '../../../src/core/gateways/gateway-settings.ts';
import { buildRequest } from '../../../src/core/gateways/request/build-request.ts';
import { requestProblems } from '../../../src/core/gateways/request/check-request.ts';
import { requestValues } from '../../../src/core/gateways/request/request-values.ts';

const settingsOf = (given: Partial<GatewaySettings>) =>
  gatewaySettingsSchema.parse({ url: 'https://gateway.test/send', ...given });

describe('settings of a gateway cannot be saved', () => {
  it.each<[string, Partial<GatewaySettings>, string, RegExp]>([
    ['with an address that is none', { url: 'gateway.test' }, 'url', /not the address/],
    ['with an account in the address', { url: 'https://me:pw@gateway.test/' }, 'url', /not the address/],
    [
      'with a number as the server',
      { url: 'https://<$phone_digits$>.test/' },
      'url',
      /decide to which server/,
    ],
    ['without encryption', { url: 'http://gateway.test/' }, 'acceptsPlain', /without encryption/],
    [
      'with an unknown variable',
      { body: '{"a": "<$fone$>"}' },
      'body',
      /unknown variable "fone" at line 1, column 10/,
    ],
    ['with a value that was not given', { body: '{"a": "<$value.from$>"}' }, 'body', /"value.from"/],
    ['with a broken tag', { body: '{% if phone %}' }, 'body', /cannot be used/],
    [
      'with the filter that would not encode',
      { body: '{"a": "<$text | raw$>"}' },
      'body',
      /undefined filter/,
    ],
    ['with an extension in a text message', { body: '{"a": "<$extension$>"}' }, 'body', /"extension"/],
    ['with a body that is no JSON', { body: '{"a": <$phone$>}' }, 'body', /not JSON/],
    [
      'with a variable as the name in a form',
      { format: 'form', body: '<$text$>=1' },
      'body',
      /change the form/,
    ],
    ['with a secret that can be read', { headers: { Authorization: 'Bearer abc' } }, 'headers', /everybody/],
    ['with a key that can be read', { headers: { 'X-Api-Key': 'abc' } }, 'headers', /everybody/],
    ['with a header of the connection', { headers: { Host: 'x' } }, 'headers', /cannot be set/],
    ['with a header that is two', { headers: { A: 'x\r\nB: y' } }, 'headers', /more than one line/],
    ['with a pattern that is none', { successPattern: '(' }, 'successPattern', /no regular expression/],
  ])('%s', (_, given, setting, reason) => {
    const settings = settingsOf(given);
    const [problem] = [...gatewayProblems('text', settings), ...requestProblems('text', settings)];
    expect(problem?.setting).toBe(setting);
    expect(problem?.error.message).toMatch(reason);
  });
});

describe('a text that would break out', () => {
  const text = '"}], \'&to=999<x>\r\nX: y %0A \u00fc\u65e5 \ud800';
  const values = requestValues({ phone: '+14255550123', text, language: 'en' }, { secret: {}, value: {} });
  const bodyOf = (given: Partial<GatewaySettings>) => buildRequest(settingsOf(given), values).body;

  it('stays a text in JSON', () => {
    expect(JSON.parse(bodyOf({ body: '{"t": "<$text$>"}' }))).toEqual({ t: text });
  });

  it('stays a text in a form', () => {
    const pairs = [...new URLSearchParams(bodyOf({ format: 'form', body: 't=<$text$>&to=<$phone$>' }))];
    expect(pairs).toEqual([
      ['t', text.toWellFormed()],
      ['to', '+14255550123'],
    ]);
  });

  it('stays a text in XML', () => {
    const body = bodyOf({ format: 'xml', body: '<t a="<$text$>"><$text$></t>' });
    expect(body.match(/[<>]/g)).toHaveLength(4);
    expect(body).toContain('&lt;x&gt;');
    expect(body).not.toMatch(/&to=/);
  });

  it('stays in its place in the address and in headers', () => {
    const url = 'https://gateway.test/a/<$text$>/b?c=<$text$>';
    const { url: filled, headers } = buildRequest(settingsOf({ url, headers: { Note: '<$text$>' } }), values);
    expect(new URL(filled).pathname.split('/')).toHaveLength(4);
    expect(new URL(filled).searchParams.get('c')).toBe(text.toWellFormed());
    expect(headers).toEqual([['Note', expect.stringMatching(/^[\x20-\x7e]*$/)]]);
  });

  it('does not climb the path of the address', () => {
    const climbing = { ...values, text: '..' };
    const { url } = buildRequest(settingsOf({ url: 'https://gateway.test/a/b/<$text$>/c' }), climbing);
    expect(new URL(url).pathname).toBe('/a/b//c');
  });
});
