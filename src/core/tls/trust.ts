import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

/** Building a context takes a tenth of a second with all authorities of a system, so each is built once. */
const contexts = new Map<string | null, SecureContext>();

/**
 * What a server's certificate is checked against: the administrator's own authorities, else those that Node brings
 * and those of the operating system, where a Windows domain puts its own. TLS older than 1.2 is refused. Whatever is
 * the administrator's own is trusted as it is, also the certificate of a server itself.
 */
export function trustOf(ca: string | null): SecureContext {
  let context = contexts.get(ca);
  if (context === undefined) {
    const ofSystem = () => [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
    context = createSecureContext({
      ca: ca ?? ofSystem(),
      allowPartialTrustChain: ca !== null,
      minVersion: 'TLSv1.2',
    });
    contexts.set(ca, context);
  }
  return context;
}
