import { describe, expect, test } from 'vitest';
import { listAudit } from '../../../src/core/audit/audit-query.ts';
import { type GatewaySettings, gatewaySettingsSchema } from '../../../src/core/gateways/gateway-settings.ts';
import { gatewayPresets } from '../../../src/core/gateways/presets/choose-preset.ts';
import { gatewayFields } from '../../../src/screens/company-settings/gateway/fields.ts';
import { headerLines, parseHeaders } from '../../../src/screens/company-settings/gateway/headers.ts';
import { readForm, valuesOf } from '../../../src/screens/company-settings/gateway/values.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { startGateway } from '../../servers/gateway-server.ts';
import { type ConsoleOptions, openConsole } from '../helpers/console.tsx';
import { toField } from '../helpers/form-keys.ts';
import { themes } from '../helpers/render-frame.tsx';

const right = '\x1b[C';
const save = '\x13';

const own: GatewaySettings = gatewaySettingsSchema.parse({
  url: 'https://sms.corp.example/send',
  headers: { Authorization: 'Bearer <$secret.token$>' },
  body: '{"to": "<$phone$>", "from": "<$value.from$>", "text": "<$text$>"}',
  values: { from: 'Contoso' },
  retries: 0,
});

interface Opened extends ConsoleOptions {
  readonly settings?: GatewaySettings;
  readonly core?: TemporaryCore;
  readonly kind?: 'text' | 'voice';
}

async function openTab({ settings, core = temporaryCore(), kind = 'text', ...options }: Opened = {}) {
  if (settings !== undefined) await core.gateways[kind].save({ after: settings, secrets: { token: 'old' } });
  const console = await openConsole(core, options);
  console.shell.context.goTo('company-settings', `${kind}-gateway`);
  await console.shows(/> +Address/);
  return { core, console };
}

describe.each([
  ['80x24', 80, 24, themes.standard],
  ['120x40 in ASCII', 120, 40, themes.ascii],
])('a gateway at %s', (_, columns, rows, theme) => {
  test('shows every field, those of its values and secrets among them', async () => {
    const { console } = await openTab({ settings: own, columns, rows, theme });
    const screen = await console.shows('Retries');
    for (const label of ['Value from', 'Secret token', 'Method', 'Headers', 'Format', 'Body', 'Timeout']) {
      expect(screen).toContain(label);
    }
    expect(screen).toContain('(stored; type to replace it)');
    expect(screen).not.toContain('old');
    expect(Math.max(...screen.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
    if (theme === themes.ascii) expect(screen).toMatch(/^[\x20-\x7e\n]*$/);
  });
});

describe('a gateway', () => {
  test('is filled in from a preset, and saved when values and secrets are given', async () => {
    const { core, console } = await openTab();
    console.press('p');
    await console.shows('─ Preset');
    console.press(save);
    await console.shows('Value account_sid');
    console.press(save);
    await console.shows('Value account_sid is needed.');
    await toField(console, 'Value account_sid');
    console.press('AC1234');
    await toField(console, 'Value from');
    console.press('+14255550100');
    await toField(console, 'Secret auth_token');
    console.press(`topsecret${save}`);
    const saved = await console.shows('The settings of the text message gateway are saved.');
    expect(saved).toContain('(stored; type to replace it)');
    expect(saved).not.toMatch(/topsecret|^>?\* /m);
    const { settings } = core.gateways.text.load();
    expect(settings.values).toEqual({ account_sid: 'AC1234', from: '+14255550100' });
    expect(settings.url).toContain('api.twilio.com');
    expect(JSON.stringify(listAudit(core.store, {}, 9))).not.toContain('topsecret');
  });

  test('asks for a secret as soon as its body speaks of one, and takes no body that is wrong', async () => {
    const { core, console } = await openTab({ settings: own });
    await toField(console, 'Body');
    console.press('\r');
    await console.shows('Company Settings > Body');
    console.press('\x05{% if %}');
    await console.shows('! The body cannot be used');
    console.press(save);
    await console.shows('The text cannot be taken over like this.');
    console.press('\x1a');
    await console.showsNoMore('! The body');
    console.press('\x1b[D, "key": "<$secret.key$>"');
    await console.shows('secret.key');
    console.press(save);
    await console.shows('Secret key');
    await toField(console, 'Secret key');
    console.press(`\rnew key${save}`);
    await console.shows('are saved');
    expect(core.gateways.text.load().settings.body).toContain('"key": "<$secret.key$>"}');
    expect(await core.gateways.text.secretsOf(core.gateways.text.load().settings)).toEqual([
      { name: 'key', isStored: true },
      { name: 'token', isStored: true },
    ]);
  });

  test('says at the field what is wrong with it', async () => {
    const { console } = await openTab({ settings: own });
    console.press(`\r\x15http://sms.corp.example/send${save}`);
    await console.shows('Accept it, or write an address that begins with https.');
    console.press(`\x1b[A\x15nowhere${save}`);
    await console.shows(/"nowhere" is not the address of\s+a gateway/);
  });

  test('that somebody else has changed is not written over unseen', async () => {
    const { core, console } = await openTab({ settings: own });
    const other = temporaryCore({ folder: core.folder, actor: 'other@test' });
    await other.gateways.text.save({ after: { ...own, timeoutSeconds: 7 } });
    await toField(console, 'Value from');
    console.press(`\r\x15Fabrikam${save}`);
    await console.shows('were changed by other@test');
    console.press(`${right}\r`);
    const lines = await console.shows('Timeout: theirs 7');
    expect(lines).toContain('Value from: stored Contoso, yours Fabrikam');
    console.press('\r');
    await console.shows('Overwrite writes your changes');
    console.press(`${right.repeat(3)}\r`);
    await console.shows('are saved');
    expect(core.gateways.text.load().settings).toMatchObject({
      timeoutSeconds: 7,
      values: { from: 'Fabrikam' },
    });
  });

  test('is tried with what stands in the form, and its conversation hides the secrets', async () => {
    const gateway = await startGateway([{ status: 400, body: 'unknown number' }]);
    const { core, console } = await openTab({ settings: own });
    console.press(`\r\x15${gateway.url}/send`);
    await console.shows('I accept');
    console.press('\x1b[B ');
    await toField(console, 'Secret token');
    console.press('fresh\x14');
    await console.shows('─ Send a test');
    console.press(`+14255550123${save}`);
    const shown = await console.shows('Company Settings > Conversation');
    expect(shown).toMatch(/Result +The gateway .* refused the message/);
    console.press('G');
    const end = await console.shows('unknown number');
    expect(end).not.toContain('fresh');
    await gateway.arrived(1);
    expect(gateway.arrivals[0]?.headers.authorization).toBe('Bearer fresh');
    expect(core.gateways.text.load().settings.url).toBe(own.url);
  });

  test('of calls has presets of its own, and works like the other', async () => {
    const { console } = await openTab({ kind: 'voice' });
    console.press('p');
    await console.shows('Twilio Programmable Voice');
    console.press('\x1b');
    console.press('t');
    await console.shows('Nothing can be sent like this.');
  });

  test('can only be looked at in a console that may not change anything, its body whole', async () => {
    const { core, console } = await openTab({ settings: own, isReadOnly: true });
    await toField(console, 'Body');
    console.press('\r');
    await console.shows('Company Settings > Body');
    console.press(`x${save}`);
    await console.shows('This console was started with --read-only.');
    console.press('\x1b');
    await console.shows('Unsaved changes');
    console.press(`${right}\r`);
    await console.shows('[Text gateway]');
    expect(core.gateways.text.load()).toMatchObject({ version: 1, settings: own });
  });
});

describe('the fields of a gateway', () => {
  test.each(
    (['text', 'voice'] as const).flatMap((kind) =>
      Object.entries(gatewayPresets[kind]).map(([name, preset]) => [kind, name, preset] as const),
    ),
  )('of %s presets say for %s what each value and secret is', (kind, _, { settings, values, secrets }) => {
    const after = gatewaySettingsSchema.parse(settings);
    const stored = { settings: gatewaySettingsSchema.parse({}), version: 0, secrets: [] };
    const fields = gatewayFields(kind, stored, valuesOf(after));
    const helpOf = (id: string) => String(fields.find((field) => field.id === id)?.help);
    for (const [name, meaning] of Object.entries(values)) expect(helpOf(`value.${name}`)).toContain(meaning);
    for (const [name, meaning] of Object.entries(secrets))
      expect(helpOf(`secret.${name}`)).toContain(meaning);
  });

  test('bring settings back as they were', () => {
    const stored = { settings: own, version: 1, secrets: ['token'] };
    expect(readForm('text', valuesOf(own), stored)).toEqual({ settings: own, secrets: {} });
  });
});

describe('headers', () => {
  test('are lines, and come back from them', () => {
    const headers = { Accept: 'application/json', Authorization: 'Bearer a:b' };
    expect(parseHeaders(headerLines(headers))).toEqual({ headers, problem: null });
  });

  test.each([
    ['Accept', { message: 'Write a header as "Name: value".', line: 1 }],
    ['A: 1\n\n: x', { message: 'Write a header as "Name: value".', line: 3 }],
    ['A: 1\nB:', { message: 'The header B has no value; leave the line out.', line: 2 }],
    ['Accept: 1\naccept: 2', { message: 'The header Accept is there twice.', line: 2 }],
  ])('%j are refused', (text, problem) => {
    expect(parseHeaders(text).problem).toEqual(problem);
  });
});
