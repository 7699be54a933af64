import { once } from 'node:events';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface MailSink {
  readonly host: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Takes every mail, delivers none, and tells what came. */
export async function startMailSink(onMail: (text: string) => void): Promise<MailSink> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address).join(', ');
      simpleParser(stream).then(
        ({ subject, text }) => {
          onMail(`Mail to ${to}: ${subject ?? 'without a subject'}\n${text ?? ''}`);
          done();
        },
        (error: Error) => done(error),
      );
    },
  });
  const host = '127.0.0.1';
  server.listen(0, host);
  await once(server.server, 'listening');
  const address = server.server.address();
  return {
    host,
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
