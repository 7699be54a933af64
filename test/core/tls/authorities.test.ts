import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeAuthorities, readAuthorities } from '../../../src/core/tls/authorities.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { createCertificateAuthority } from '../../servers/certificates.ts';

it('reads the authorities of a file and knows them by name and fingerprint', async () => {
  const authority = await createCertificateAuthority(join(temporaryFolder(), 'ca'), 'Contoso Root');
  const text = readAuthorities(authority.certFile);
  expect(text).toBe(authority.cert);
  expect(describeAuthorities(text)).toMatch(/^CN=Contoso Root \(SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}\)$/);
});

it.each([
  ['is not there', null, /cannot be read/],
  ['holds something else', 'a text', /holds no certificate/],
  [
    'holds a broken certificate',
    '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    /holds no certificate/,
  ],
])('refuses a file that %s', (_, content, reason) => {
  const file = join(temporaryFolder(), 'ca.pem');
  if (content !== null) writeFileSync(file, content);
  const failure = { code: 'tls.invalid', message: expect.stringMatching(reason) };
  expect(() => readAuthorities(file)).toThrowError(expect.objectContaining(failure));
});
