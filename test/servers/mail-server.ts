import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** A mail that has arrived. */
export interface Arrival {
  readonly mail: ParsedMail;
  readonly raw: string;
  /** The receivers of the envelope. */
  readonly receivers: readonly string[];
  readonly wasEncrypted: boolean;
}

export interface MailServer {
  readonly port: number;
  readonly arrivals: readonly Arrival[];
}

/** Options of a server that has neither encryption nor accounts. */
export const withoutTls: SMTPServerOptions = { disabledCommands: ['STARTTLS', 'AUTH'] };

/** A real SMTP server on the loopback interface that keeps what it is given; closed when the test has finished. */
export async function startMailServer(options: SMTPServerOptions): Promise<MailServer> {
  const arrivals: Arrival[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    onData(stream, session, done) {
      const keep = async () => {
        const bytes = await buffer(stream);
        const receivers = session.envelope.rcptTo.map(({ address }) => address);
        const mail = await simpleParser(bytes);
        arrivals.push({ mail, raw: bytes.toString('utf8'), receivers, wasEncrypted: session.secure });
      };
      keep().then(() => done(), done);
    },
    ...options,
  });
  // Clients that end a handshake because of the certificate are what some tests are about.
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)));
  return { port: (server.server.address() as AddressInfo).port, arrivals };
}

/** A refusal with its code, as the server sends it. */
export function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}
