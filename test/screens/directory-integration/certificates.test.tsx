import { expect, onTestFinished, test } from 'vitest';
import { directorySettingsSchema } from '../../../src/core/directory/directory-settings.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { createTestCertificates } from '../../servers/certificates.ts';
import { startFakeLdap } from '../../servers/fake-ldap.ts';
import { describeWithServer, openSsl } from '../../servers/require-server.ts';
import { openConsole } from '../helpers/console.tsx';

const look = '\x10';
const save = '\x13';
const right = '\x1b[C';

describeWithServer('a certificate that nobody knows', openSsl, () => {
  async function openSection(servers: number) {
    const urls: string[] = [];
    for (let count = 0; count < servers; count += 1) {
      const { untrusted } = await createTestCertificates(temporaryFolder(), ['127.0.0.1']);
      const server = await startFakeLdap({ certificate: untrusted });
      onTestFinished(() => server.stop());
      urls.push(server.url);
    }
    const core = temporaryCore();
    const after = directorySettingsSchema.parse({ type: 'activeDirectory', urls, baseDn: 'DC=fake' });
    core.directoryConnection.save({ before: core.directorySettings.load(), after });
    const console = await openConsole(core);
    console.shell.context.goTo('directory-integration');
    await console.shows('Trusted CAs');
    const certificates = await core.directoryConnection.certificates(after);
    return {
      core,
      console,
      urls,
      fingerprints: certificates.map((one) => one.certificate?.fingerprint ?? ''),
    };
  }

  test('is shown before it is trusted, and saved with the form', async () => {
    const { core, console, fingerprints } = await openSection(1);
    console.press(look);
    const question = await console.shows('Trust this certificate?');
    // Its end stands on the next line.
    expect(question).toContain(fingerprints[0]?.slice(0, 32));
    expect(question).toContain(fingerprints[0]?.slice(-16));
    console.press(`${right}\r`);
    await console.shows('the certificate that was shown');
    console.press(save);
    await console.shows('the stored certificate');
    expect(core.directorySettings.load().ca).toContain('BEGIN CERTIFICATE');
    const [again] = await core.directoryConnection.certificates(core.directorySettings.load());
    expect(again?.certificate?.chainError).toBeNull();
  });

  test('can be trusted while another server does not answer, beside what is trusted already', async () => {
    const { core, console, urls, fingerprints } = await openSection(2);
    console.press(look);
    await console.shows(`${urls[0]} shows`);
    console.press(`${right}\r`);
    await console.shows(`${urls[1]} shows`);
    console.press(`${right}\r`);
    await console.shows('the certificate that was shown');
    console.press(save);
    await console.shows('the stored certificate');
    const before = core.directorySettings.load();
    const { ca } = before;
    core.directoryConnection.save({
      before,
      after: { ...before, urls: ['ldaps://127.0.0.1:1', ...urls.slice(1)] },
    });
    console.press('r');
    await console.shows('127.0.0.1:1 ');
    console.press(look);
    const question = await console.shows('Not seen: ldaps://127.0.0.1:1');
    expect(question).toContain(fingerprints[1]?.slice(0, 32));
    console.press(`${right}\r`);
    await console.shows('the certificate that was shown');
    console.press(save);
    await console.shows('the stored certificate');
    const [first = '', second = ''] = core.directorySettings.load().ca?.match(/[^-]+(?=-----END)/g) ?? [];
    expect(ca).toContain(first);
    expect(ca).toContain(second);
    expect(second).not.toBe('');
  });

  test('is not trusted by Enter, nor when that of one of two servers is not', async () => {
    const { core, console, urls } = await openSection(2);
    console.press(look);
    await console.shows(`${urls[0]} shows`);
    console.press(`${right}\r`);
    await console.shows(`${urls[1]} shows`);
    console.press('\r');
    await console.shows(/Trusted CAs +< the operating system's >/);
    expect(core.directorySettings.load().ca).toBeNull();
  });
});
