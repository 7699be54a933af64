import { connectionProblems } from '../../core/directory/connection-problems.ts';
import { plainText } from '../../core/plain-text.ts';
import type { CommandContext } from '../context.ts';
import { printFacts, printJson, write } from '../output.ts';
import { applyOptions, type ConnectionOptions } from './connection-options.ts';

/** Shows what the servers show, so that it can be compared before it is trusted. */
export async function showCertificates(context: CommandContext, options: ConnectionOptions): Promise<number> {
  const { directoryConnection } = await context.core();
  const settings = applyOptions(directoryConnection.load().settings, options);
  const problem = connectionProblems(settings).find(({ setting }) => setting === 'urls');
  if (problem !== undefined) throw problem.error;
  const shown =
    settings.type === 'sample' ? [] : await directoryConnection.certificates(settings, context.signal);
  const isComplete = shown.every(({ error }) => error === undefined);
  if (context.options.json) {
    const certificates = shown.map(({ url, certificate, error }) => {
      if (certificate === undefined)
        return { server: url, error: { code: error.code, message: error.message } };
      const { subject, issuer, names, validFrom, validTo, fingerprint, chainError } = certificate;
      return {
        server: url,
        subject,
        issuer,
        names,
        validFrom: validFrom.toISOString(),
        validTo: validTo.toISOString(),
        fingerprint,
        isTrusted: chainError === null,
      };
    });
    await printJson({ certificates });
    return isComplete ? 0 : 1;
  }
  if (shown.length === 0) context.note('The sample directory has no server.');
  for (const { url, certificate, error } of shown) {
    if (certificate === undefined) {
      await write(`${url}: ${plainText(error.sentence)}\n`);
      continue;
    }
    await printFacts([
      ['Server', url],
      ['Subject', certificate.subject],
      ['Names', certificate.names],
      ['Issuer', certificate.issuer],
      ['Valid', `${certificate.validFrom.toISOString()} to ${certificate.validTo.toISOString()}`],
      ['SHA-256', certificate.fingerprint],
      ['Trusted', certificate.chainError === null ? 'yes' : `no (${certificate.chainError})`],
    ]);
  }
  return isComplete ? 0 : 1;
}
