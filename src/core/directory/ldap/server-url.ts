import { MfaError } from '../../errors.ts';

/** @throws {MfaError} `directory.invalid` */
export function parseUrl(text: string): { protocol: 'ldap:' | 'ldaps:'; host: string; port: number } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlainAddress =
    url !== undefined && url.username === '' && url.password === '' && ['', '/'].includes(url.pathname);
  if (
    url === undefined ||
    (url.protocol !== 'ldap:' && url.protocol !== 'ldaps:') ||
    url.hostname === '' ||
    !isPlainAddress ||
    url.search !== ''
  ) {
    throw new MfaError('directory.invalid', `"${text}" is not the address of a directory server.`, {
      advice: 'Write it like ldaps://dc1.corp.example or ldap://dc1.corp.example:389.',
    });
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const standardPort = url.protocol === 'ldaps:' ? 636 : 389;
  return { protocol: url.protocol, host, port: url.port === '' ? standardPort : Number(url.port) };
}
