import { getCACertificates } from 'node:tls';

let ofSystem: string[] | undefined;

/**
 * The certificates that a server's must lead to: the administrator's own, else those that Node brings and
 * those of the operating system, where a Windows domain puts its own authority.
 */
export function trustedAuthorities(ca: string | null): string | string[] {
  if (ca !== null) return ca;
  ofSystem ??= [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
  return ofSystem;
}
