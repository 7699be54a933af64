import { describe, expect, it } from 'vitest';
import { gatewayProblems } from '../../../src/core/gateways/gateway-problems.ts';
import { gatewayKinds, gatewaySettingsSchema } from '../../../src/core/gateways/gateway-settings.ts';
import {
  applyPreset,
  gatewayPreset,
  gatewayPresets,
} from '../../../src/core/gateways/presets/choose-preset.ts';
import { buildRequest, secretNames } from '../../../src/core/gateways/request/build-request.ts';
import { requestProblems } from '../../../src/core/gateways/request/check-request.ts';
import { requestValues } from '../../../src/core/gateways/request/request-values.ts';

const all = gatewayKinds.flatMap((kind) =>
  Object.keys(gatewayPresets[kind]).map((name) => [kind, name] as const),
);

describe.each(all)('the %s preset %s', (kind, name) => {
  const preset = gatewayPreset(kind, name);
  const applied = applyPreset(gatewaySettingsSchema.parse({}), preset);
  const values = Object.fromEntries(Object.keys(preset.values).map((one) => [one, 'v1']));
  const settings = { ...applied, values };

  it('can be saved when its values are given, and names every secret that it needs', () => {
    expect([...gatewayProblems(kind, settings), ...requestProblems(kind, settings)]).toEqual([]);
    expect(secretNames(settings)).toEqual(Object.keys(preset.secrets).toSorted());
    if (Object.keys(values).length > 0) expect(requestProblems(kind, applied)).not.toEqual([]);
  });

  it('sends number and text encrypted', () => {
    const secret = Object.fromEntries(Object.keys(preset.secrets).map((one) => [one, 's1']));
    const message = { phone: '+14255550123', text: 'Code 4711', language: 'en' } as const;
    const full = kind === 'voice' ? { ...message, extension: null } : message;
    const { url, body } = buildRequest(settings, requestValues(full, { secret, value: values }));
    expect(new URL(url).protocol).toBe('https:');
    expect(body).toContain('14255550123');
    expect(decodeURIComponent(body)).toContain('Code 4711');
  });
});

it('a text inside the TwiML of a call is escaped for XML and for the form', () => {
  const settings = {
    ...applyPreset(gatewaySettingsSchema.parse({}), gatewayPreset('voice', 'twilio')),
    values: { account_sid: 'AC1', from: '+1' },
  };
  const call = { phone: '+14255550123', text: '</Say><Dial>1&2', language: 'de', extension: '1,2' } as const;
  const { body } = buildRequest(
    settings,
    requestValues(call, { secret: { auth_token: 't' }, value: settings.values }),
  );
  const form = new URLSearchParams(body);
  expect(form.get('SendDigits')).toBe('1w2');
  expect(form.get('Twiml')).toBe(
    '<Response><Say language="de-DE" loop="2">&lt;/Say&gt;&lt;Dial&gt;1&amp;2</Say></Response>',
  );
});

it('an unknown preset is refused with the nearest', () => {
  expect(() => gatewayPreset('text', 'twillio')).toThrowError(
    expect.objectContaining({ code: 'gateway.unknownPreset', advice: 'Did you mean twilio?' }),
  );
});
