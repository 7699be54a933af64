import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listAudit } from '../../../src/core/audit/audit-query.ts';
import { exportSettings } from '../../../src/core/exchange/export-settings.ts';
import { prepareImport } from '../../../src/core/exchange/import-settings.ts';
import { missingSecrets } from '../../../src/core/exchange/missing-secrets.ts';
import { gatewaySettingsSchema } from '../../../src/core/gateways/gateway-settings.ts';
import { importSettings } from '../../../src/core/settings/change-settings.ts';
import { readSettingsFile } from '../../../src/core/settings/settings-yaml.ts';
import { parseWordingName } from '../../../src/core/wordings/wording-key.ts';
import { settingsFor } from '../../helpers/email-settings.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

const wording = 'textMessage/oneWayOtp/de';

/** A core in which something of every part was changed. */
async function changedCore(): Promise<TemporaryCore> {
  const core = temporaryCore();
  importSettings(core, { companyName: 'Contoso: "we" #1', pinExpiryDays: 90 });
  const email = settingsFor(2525, { user: 'mfa', fromName: 'Ümläut', administrators: ['ada@corp.example'] });
  core.emailDelivery.save({ after: email, password: 'mail-secret' });
  const gateway = gatewaySettingsSchema.parse({
    url: 'https://gateway.test/',
    headers: { Authorization: 'Bearer <$secret.token$>' },
    body: '{"to": "<$phone$>",\n "from": "<$value.from$>"}',
    values: { from: 'Contoso' },
    successPattern: '"ok"\\s*:\\s*true',
  });
  await core.gateways.text.save({ after: gateway, secrets: { token: 'gateway-secret' } });
  core.synchronization.saveSettings({ ...core.syncSettings.load(), enabled: true, approvalCount: 7 });
  await core.wordings.save([[parseWordingName(wording), 'Code "<$otp$>": nur für Sie']]);
  return core;
}

async function yamlInto(core: TemporaryCore, yaml: string) {
  const file = join(core.folder, 'settings.yaml');
  writeFileSync(file, yaml);
  return prepareImport(core, readSettingsFile(file));
}

const settingsOf = (core: TemporaryCore) => ({
  company: core.companySettings.load(),
  email: core.emailDelivery.load().settings,
  synchronization: core.syncSettings.load(),
  text: core.gateways.text.load().settings,
  voice: core.gateways.voice.load().settings,
  wordings: core.wordings.load().overrides,
});

describe('a file of settings', () => {
  it('brings everything but secrets to an empty server, and names the secrets', async () => {
    const [from, to] = [await changedCore(), temporaryCore()];
    const yaml = await exportSettings(from);
    expect(yaml).not.toMatch(/mail-secret|gateway-secret/);
    expect(yaml).toContain('Give them to the server that imports it: email.password, gateways.text.token.');
    const { changes, apply } = await yamlInto(to, yaml);
    expect(changes).toMatchObject({
      companyName: ['', 'Contoso: "we" #1'],
      'email.fromName': ['', 'Ümläut'],
      'synchronization.approvalCount': [5, 7],
      'gateways.text.values.from': [null, 'Contoso'],
      [`wordings.${wording}`]: [null, 'Code "<$otp$>": nur für Sie'],
    });
    expect(to.companySettings.load().companyName).toBe('');
    apply();
    expect(settingsOf(to)).toEqual(settingsOf(from));
    expect((await missingSecrets(to)).map(({ name }) => name)).toEqual([
      'email.password',
      'gateways.text.token',
    ]);
    expect(await missingSecrets(from)).toEqual([]);
    expect((await yamlInto(to, yaml)).changes).toEqual({});
    expect(listAudit(to.store, {}, 10).map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'settings.changed',
        'email.settingsChanged',
        'gateway.changed',
        'wordings.changed',
      ]),
    );
  });

  it('leaves what it does not name', async () => {
    const core = await changedCore();
    const before = settingsOf(core);
    (await yamlInto(core, 'email:\n  fromName: MFA\ngateways:\n  text:\n    retries: 0\n')).apply();
    expect(settingsOf(core)).toEqual({
      ...before,
      email: { ...before.email, fromName: 'MFA' },
      text: { ...before.text, retries: 0 },
    });
  });

  it('takes a wording back', async () => {
    const core = await changedCore();
    (await yamlInto(core, `wordings:\n  ${wording}: null\n`)).apply();
    expect(core.wordings.load().overrides).toEqual({});
  });

  it('changes nothing at all when somebody has changed one of its parts meanwhile', async () => {
    const core = temporaryCore();
    const yaml = `pinHistory: 3\nemail:\n  fromName: MFA\nwordings:\n  ${wording}: "<$otp$>"\n`;
    const { apply } = await yamlInto(core, yaml);
    await core.wordings.save([[parseWordingName('oathToken/otp/en'), 'Code?']]);
    expect(apply).toThrowError(expect.objectContaining({ code: 'settings.changed' }));
    expect(core.companySettings.load().pinHistory).toBe(5);
    expect(core.emailDelivery.load().settings.fromName).toBe('');
  });

  it.each([
    ['email:\n  hosst: mail\n', 'settings.unknown', /"email.hosst"/],
    ['email:\n  port: "25"\n', 'settings.invalid', /email.port/],
    ['email:\n  from: nobody\n', 'mail.invalid', /no.* e-mail address/],
    ['email: 5\n', 'settings.invalid', /email cannot be used/],
    ['gateways:\n  fax: {}\n', 'settings.unknown', /"gateways.fax"/],
    ['gateways:\n  text:\n    url: http://x/\n', 'gateway.plainNotAccepted', /without encryption/],
    ['wordings:\n  phoneCall/pin/en: "<$otp$>"\n', 'wording.unknown', /phoneCall/],
    [`wordings:\n  ${wording}: "no code"\n`, 'wording.invalid', /code/],
  ])('%j is refused as %s', async (yaml, code, reason) => {
    const failure = { code, message: expect.stringMatching(reason) };
    await expect(yamlInto(temporaryCore(), `pinHistory: 3\n${yaml}`)).rejects.toMatchObject(failure);
  });
});
