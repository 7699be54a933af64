import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { plainText } from '../plain-text.ts';
import type { Acceptance } from './mail-sender.ts';
import type { MessageBytes } from './message-bytes.ts';

export type SmtpOptions = SMTPConnection.Options;

/** The text of a mail had begun to leave, and no answer came: the cause says what came instead. */
export class MailInDoubt extends Error {}

/** Thrown through the library, which would write its own code into an error of ours. */
class HeldBack extends Error {}

/**
 * One connection to a mail server, logged on. The conversation is the library's; this one knows for every mail
 * whether its text had begun to leave, and so whether a mail that got no answer may be sent again.
 */
export class SmtpSession {
  /** How many mails were begun. */
  mails = 0;
  #isSending = false;
  readonly #connection: SMTPConnection;
  /** Rejects when the connection ends, however it does. */
  readonly #lost: Promise<never>;

  #isLoggedOn = false;

  constructor(options: SmtpOptions) {
    const connection = new SMTPConnection(options);
    const { promise, reject } = Promise.withResolvers<never>();
    // Whoever waits for an answer hears of it; nobody may be waiting.
    promise.catch(() => {});
    connection.on('error', reject);
    connection.on('end', () => reject(closedError(connection.lastServerResponse)));
    this.#connection = connection;
    this.#lost = promise;
  }

  /** Connects and logs on. @throws what the library, sockets and TLS report */
  async open(account: { readonly user: string; readonly pass: string } | null): Promise<void> {
    try {
      await this.#step((done) => this.#connection.connect(done));
      if (account !== null) await this.#step((done) => this.#connection.login(account, done));
      this.#isLoggedOn = true;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  get isOpen(): boolean {
    return this.#isLoggedOn && !this.#connection.destroyed;
  }

  /** @throws {MailInDoubt}; what `onHandover` throws; what the library reports when the mail was not taken */
  async send(message: MessageBytes, onHandover: () => void): Promise<Acceptance> {
    this.mails += 1;
    const [to = ''] = message.receivers;
    // The library notes here whom the server refused.
    const envelope: SMTPConnection.Envelope & {
      rejected?: string[];
      rejectedErrors?: SMTPConnection.SMTPError[];
    } = {
      from: message.from,
      to: [...message.receivers],
      size: message.bytes.length,
    };
    let heldBack: { readonly reason: unknown } | null = null;
    let hasLeft = false;
    const text = new Readable({
      read() {
        try {
          const refusal = envelope.rejectedErrors?.[envelope.rejected?.indexOf(to) ?? -1];
          if (refusal !== undefined) throw refusal;
          onHandover();
        } catch (reason) {
          heldBack = { reason };
          this.destroy(new HeldBack('The mail was held back.'));
          return;
        }
        hasLeft = true;
        this.push(message.bytes);
        this.push(null);
      },
    });
    this.#isSending = true;
    try {
      const sent = await this.#step<SMTPConnection.SentMessageInfo>((done) =>
        this.#connection.send(envelope, text, done),
      );
      return { response: plainText([sent.response, ...refusedCopies(sent)].join(' ')) };
    } catch (error) {
      const { reason } = (heldBack as { readonly reason: unknown } | null) ?? {};
      if (reason !== undefined) {
        // Only the end of the connection ends a text that was announced.
        this.close();
        throw reason;
      }
      if (hasAnswer(error)) await this.#reset();
      else if (hasLeft) throw new MailInDoubt('No answer came.', { cause: error });
      throw error;
    } finally {
      this.#isSending = false;
    }
  }

  /** Says goodbye and does not wait for the answer; in the middle of a mail it only ends the connection. */
  quit(): void {
    if (this.isOpen && !this.#isSending) this.#connection.quit();
    this.close();
  }

  close(): void {
    this.#connection.close();
  }

  /** Lets the next mail begin anew after one that was refused. */
  async #reset(): Promise<void> {
    try {
      await this.#step((done) => this.#connection.reset(done));
    } catch {
      this.close();
    }
  }

  #step<Result>(begin: (done: (error?: Error | null, result?: Result) => void) => void): Promise<Result> {
    const answer = new Promise<Result>((resolve, reject) => {
      begin((error, result) => (error ? reject(error) : resolve(result as Result)));
    });
    return Promise.race([answer, this.#lost]);
  }
}

function hasAnswer(error: unknown): boolean {
  return typeof (error as SMTPConnection.SMTPError).responseCode === 'number';
}

/** Servers announce with 421 that they end the connection (RFC 5321 3.8). */
function closedError(lastResponse: string | false): Error {
  const error = new Error('Connection closed');
  if (lastResponse === false || !/^421[ -]/.test(lastResponse)) return error;
  return Object.assign(error, { response: lastResponse, responseCode: 421 });
}

function refusedCopies({ rejectedErrors = [] }: SMTPConnection.SentMessageInfo): string[] {
  return rejectedErrors.map(({ response }) => `(a copy was refused: ${response ?? 'no reason was given'})`);
}
