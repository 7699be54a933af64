import { expect, onTestFinished, test } from 'vitest';
import { systemServers } from '../../../../src/core/directory/directory-servers.ts';
import {
  type DirectorySettings,
  directorySettingsSchema,
} from '../../../../src/core/directory/directory-settings.ts';
import { openLdapDirectory } from '../../../../src/core/directory/ldap/ldap-directory.ts';
import {
  pinCertificates,
  serverCertificates,
} from '../../../../src/core/directory/ldap/server-certificates.ts';
import { temporaryFolder } from '../../../helpers/temporary-folder.ts';
import { createTestCertificates, type TestCertificates } from '../../../servers/certificates.ts';
import { startFakeLdap } from '../../../servers/fake-ldap.ts';
import { describeWithServer, openSsl } from '../../../servers/require-server.ts';

describeWithServer('certificates of servers', openSsl, () => {
  async function start(which: 'valid' | 'wrongName' | 'untrusted' | 'expired') {
    const certificates: TestCertificates = await createTestCertificates(temporaryFolder(), ['127.0.0.1']);
    const server = await startFakeLdap({ certificate: certificates[which] });
    onTestFinished(() => server.stop());
    return server;
  }

  function settingsOf(...urls: string[]): DirectorySettings {
    return directorySettingsSchema.parse({ type: 'activeDirectory', urls });
  }

  const look = (settings: DirectorySettings) => serverCertificates(settings, systemServers());
  const open = async (settings: DirectorySettings) =>
    (await openLdapDirectory(settings, null, systemServers())).close();

  test('are shown without being trusted', async () => {
    const server = await start('untrusted');
    const [shown] = await look(settingsOf(server.url));
    expect(shown?.certificate).toMatchObject({
      subject: '127.0.0.1',
      names: '127.0.0.1',
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      pem: expect.stringContaining('BEGIN CERTIFICATE'),
      chainError: expect.any(String),
    });
    await expect(open(settingsOf(server.url))).rejects.toMatchObject({ code: 'directory.tlsUntrusted' });
  });

  test('are trusted when they are pinned, and no other is', async () => {
    const [first, second, stranger] = [
      await start('untrusted'),
      await start('valid'),
      await start('untrusted'),
    ];
    const settings = settingsOf(first.url, second.url);
    const shown = await look(settings);
    const fingerprints = shown.map(({ certificate }) => certificate?.fingerprint ?? '');
    const ca = pinCertificates(shown, [
      fingerprints[0]?.toLowerCase().replaceAll(':', '') ?? '',
      `SHA-256 ${fingerprints[1]}`,
    ]);
    await open({ ...settingsOf(first.url), ca });
    await open({ ...settingsOf(second.url), ca });
    await expect(open({ ...settingsOf(stranger.url), ca })).rejects.toMatchObject({
      code: 'directory.tlsUntrusted',
    });
  });

  test('that are pinned are still checked for the name of the server and their dates', async () => {
    for (const [which, code] of [
      ['wrongName', 'directory.tlsName'],
      ['expired', 'directory.tlsExpired'],
    ] as const) {
      const server = await start(which);
      const settings = settingsOf(server.url);
      const shown = await look(settings);
      const ca = pinCertificates(shown, [shown[0]?.certificate?.fingerprint ?? '']);
      await expect(open({ ...settings, ca })).rejects.toMatchObject({ code });
    }
  });

  test('are not pinned by the fingerprint of another, nor where there is none', async () => {
    const server = await start('untrusted');
    const shown = await look(settingsOf(server.url));
    expect(() => pinCertificates(shown, ['AB:CD'])).toThrow(
      /shows another certificate: "127.0.0.1", SHA-256/,
    );
    const fingerprint = shown[0]?.certificate?.fingerprint ?? '';
    expect(() => pinCertificates(shown, [fingerprint, 'AB:CD'])).toThrow(
      /No server shows the certificate AB:CD/,
    );
    const plain = await look({ ...settingsOf('ldap://127.0.0.1:1'), security: 'none', acceptsPlain: true });
    expect(plain).toMatchObject([{ error: { code: 'directory.tls' } }]);
    expect(() => pinCertificates(plain, [fingerprint])).toThrow(/No server shows/);
  });
});
