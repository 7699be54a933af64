import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** The moments of an SMTP conversation at which a server may do something else than it should. */
export type SmtpMoment = 'greeting' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'text' | 'QUIT' | 'RSET';

export interface ScriptedMailServer {
  readonly port: number;
  /** The texts that arrived, each up to its final dot, whether they were confirmed or not. */
  readonly texts: readonly string[];
  /** How many connections were made. */
  readonly connections: () => number;
}

const answers: Record<SmtpMoment, string> = {
  greeting: '220 mail.corp.example ready',
  EHLO: '250 mail.corp.example',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  text: '250 taken',
  QUIT: '221 bye',
  RSET: '250 ok',
};

/**
 * A mail server that does what a script says: it is asked at every moment, and answers with a line, as a server should
 * (`undefined`), or not at all (`null`), because the script has done something to the connection instead.
 */
export async function startScriptedMailServer(
  script: (moment: SmtpMoment, connection: Socket, number: number) => string | null | undefined,
): Promise<ScriptedMailServer> {
  const texts: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    const number = connections;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    const answer = (moment: SmtpMoment): string | null => {
      const scripted = script(moment, socket, number);
      const line = scripted === undefined ? answers[moment] : scripted;
      if (line !== null && socket.writable) socket.write(`${line}\r\n`);
      return line;
    };
    let heard = '';
    let isText = false;
    socket.setEncoding('utf8').on('data', (data: string) => {
      heard += data;
      for (;;) {
        const end = isText ? heard.indexOf('\r\n.\r\n') : heard.indexOf('\r\n');
        if (end < 0) return;
        const part = heard.slice(0, end);
        heard = heard.slice(end + (isText ? 5 : 2));
        if (isText) {
          texts.push(part);
          isText = false;
          answer('text');
        } else {
          const verb = part.slice(0, 4).toUpperCase() as SmtpMoment;
          isText = answer(verb)?.startsWith('354') === true;
          if (verb === 'QUIT') socket.end();
        }
      }
    });
    answer('greeting');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { port: (server.address() as AddressInfo).port, texts, connections: () => connections };
}
