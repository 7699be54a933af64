import { expect, test } from 'vitest';
import {
  connectionError,
  isWorthAnotherServer,
} from '../../../../src/core/directory/ldap/connection-errors.ts';
import { resultError } from '../../../../src/core/directory/ldap/result-errors.ts';

const url = 'ldaps://dc1.corp.example';

test.each([
  ['525', 'directory.accountUnknown', 'does not know'],
  ['52e', 'directory.credentials', 'its password is another'],
  ['530', 'directory.logonRestricted', 'at this time'],
  ['531', 'directory.logonRestricted', 'from this computer'],
  ['532', 'directory.passwordExpired', 'has expired'],
  ['533', 'directory.accountDisabled', 'is disabled'],
  ['701', 'directory.accountExpired', 'has expired'],
  ['773', 'directory.passwordExpired', 'must change its password'],
  ['775', 'directory.accountLocked', 'locked out'],
])('result 49 with data %s is %s', (data, code, words) => {
  const said = `80090308: LdapErr: DSID-0C090449, comment: AcceptSecurityContext error, data ${data}, v4563\0`;
  const error = resultError(49, said, { url, target: 'svc@corp.example' });
  expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
  expect(error.message).toContain('svc@corp.example');
  expect(error.advice).toMatch(/\.$/);
});

test('result 49 without data is a wrong name or password', () => {
  expect(resultError(49, '', { url, target: 'cn=x' }).code).toBe('directory.credentials');
});

test.each([
  [8, 'The server requires binds to turn on integrity checking', 'directory.encryptionRequired'],
  [13, 'TLS confidentiality required', 'directory.encryptionRequired'],
  [1, '000004DC: a successful bind must be completed on the connection', 'directory.accessDenied'],
  [1, '00002020: Operation unavailable without authentication', 'directory.accessDenied'],
  [1, 'something else', 'directory.protocol'],
  [3, '', 'directory.timeout'],
  [4, '', 'directory.listingIncomplete'],
  [10, '', 'directory.entryNotFound'],
  [11, '', 'directory.listingIncomplete'],
  [32, '', 'directory.entryNotFound'],
  [34, '', 'directory.invalid'],
  [50, '', 'directory.accessDenied'],
  [51, '', 'directory.unreachable'],
  [80, 'internal\u001b[31m error', 'directory.protocol'],
] as const)('result %i (%s) is %s', (result, said, code) => {
  const error = resultError(result, said, { url, target: 'OU=Sales' });
  expect(error.code).toBe(code);
  expect(error.message).not.toContain('\u001b');
});

test.each([
  ['ENOTFOUND', 'connect', 'directory.dns'],
  ['EAI_AGAIN', 'connect', 'directory.dns'],
  ['ECONNREFUSED', 'connect', 'directory.refused'],
  ['ETIMEDOUT', 'connect', 'directory.unreachable'],
  ['EHOSTUNREACH', 'connect', 'directory.unreachable'],
  ['ECONNRESET', 'open', 'directory.disconnected'],
  ['ECONNRESET', 'tls', 'directory.tls'],
  ['EPROTO', 'tls', 'directory.tls'],
  ['CERT_HAS_EXPIRED', 'tls', 'directory.tlsExpired'],
  ['CERT_NOT_YET_VALID', 'tls', 'directory.tlsExpired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', 'directory.tlsName'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', 'directory.tlsUntrusted'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', 'directory.tlsUntrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', 'directory.tlsUntrusted'],
] as const)('%s at the stage "%s" is %s', (system, stage, code) => {
  const error = connectionError(Object.assign(new Error(system), { code: system }), url, stage);
  expect(error.code).toBe(code);
  expect(error.message).toMatch(/dc1\.corp\.example/);
  expect(isWorthAnotherServer(error)).toBe(true);
});

test('of several addresses that all refused, the first is told', () => {
  const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  expect(connectionError(new AggregateError([refused, refused]), url, 'connect').code).toBe(
    'directory.refused',
  );
});

test('a refused password is no reason to try it on another server', () => {
  expect(isWorthAnotherServer(resultError(49, 'data 52e', { url, target: 'x' }))).toBe(false);
});
