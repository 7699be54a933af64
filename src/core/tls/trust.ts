import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

/** Building a context takes a tenth of a second with all authorities of a system, so each is built once. */
const contexts = new Map<string | null, SecureContext>();

/**
 * What a server's certificate is checked against: the administrator's own authorities, else those that Node brings
 * and those of the operating system, where a Windows domain puts its own. TLS older than 1.2 is refused.
 */
export function trustOf(ca: string | null): SecureContext {
  let context = contexts.get(ca);
  if (context === undefined) {
    const ofSystem = () => [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
    context = createSecureContext({ ca: ca ?? ofSystem(), minVersion: 'TLSv1.2' });
    contexts.set(ca, context);
  }
  return context;
}
