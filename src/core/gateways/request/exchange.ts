import * as http from 'node:http';
import * as https from 'node:https';
import { trustOf } from '../../tls/trust.ts';
import type { GatewayRequest } from './build-request.ts';

export interface GatewayAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export interface ExchangeOptions {
  /** PEM text of the authorities to trust; null trusts the system's. */
  readonly ca: string | null;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal | undefined;
}

/** No answer came, or not the whole of it. */
export class NoAnswer extends Error {
  /** The request may have reached the gateway. */
  readonly hasLeft: boolean;
  readonly isTimeout: boolean;

  constructor(cause: unknown, state: Pick<NoAnswer, 'hasLeft' | 'isTimeout'>) {
    super('No answer came.', { cause });
    this.hasLeft = state.hasLeft;
    this.isTimeout = state.isTimeout;
  }
}

/** Characters of an answer that are read; what follows says nothing that a pattern should need. */
const longestAnswer = 64 * 1024;

/**
 * Sends one request over a connection of its own and reads the answer. Redirections are answers.
 * @throws {NoAnswer}
 */
export function exchange(request: GatewayRequest, options: ExchangeOptions): Promise<GatewayAnswer> {
  const { ca, timeoutSeconds, signal } = options;
  const url = new URL(request.url);
  const isSecure = url.protocol === 'https:';
  const deadline = AbortSignal.timeout(timeoutSeconds * 1000);
  const { promise, resolve, reject } = Promise.withResolvers<GatewayAnswer>();
  let hasLeft = false;
  const fail = (cause: unknown) => reject(new NoAnswer(cause, { hasLeft, isTimeout: deadline.aborted }));
  const settings: https.RequestOptions = {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    agent: false,
    signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
    ...(isSecure && { secureContext: trustOf(ca), minVersion: 'TLSv1.2' as const }),
  };
  const sent = isSecure ? https.request(url, settings) : http.request(url, settings);
  sent.on('error', fail);
  sent.on('socket', (socket) => {
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      hasLeft = true;
    });
  });
  sent.on('response', (response) => {
    response.on('error', fail);
    readBody(response).then((body) => {
      const { statusCode = 0, statusMessage = '' } = response;
      resolve({ status: statusCode, statusText: statusMessage, headers: headersOf(response), body });
    }, fail);
  });
  sent.end(request.body);
  return promise;
}

async function readBody(response: http.IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let body = '';
  for await (const part of response) {
    body += String(part);
    if (body.length >= longestAnswer) return body.slice(0, longestAnswer);
  }
  return body;
}

function headersOf({ rawHeaders }: http.IncomingMessage): (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    pairs.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return pairs;
}
