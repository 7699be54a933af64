import { isMfaError, MfaError } from '../../errors.ts';
import type { Wait } from '../../wait.ts';
import type { GatewaySettings } from '../gateway-settings.ts';
import type { GatewayAcceptance, TextMessage, VoiceCall } from '../senders.ts';
import { buildRequest, type GatewayRequest } from './build-request.ts';
import { exchange, type GatewayAnswer, NoAnswer } from './exchange.ts';
import { answerError, noAnswerError } from './gateway-errors.ts';
import { secretsHider, shownRequest } from './hide-secrets.ts';
import { requestValues } from './request-values.ts';

export interface SendRequestOptions {
  readonly settings: GatewaySettings;
  readonly secrets: Readonly<Record<string, string>>;
  /** Called with every line that goes to (`>`) and comes from (`<`) the gateway, without secrets. */
  readonly onConversation: (line: string) => void;
  readonly wait: Wait;
  readonly signal?: AbortSignal | undefined;
}

/** What is tried again: the gateway has surely not carried it out. */
const repeated = ['gateway.unreachable', 'gateway.timeout', 'gateway.unavailable'] as const;
const firstPauseMs = 1000;

/**
 * Asks a gateway to send a message or to make a call. Each attempt waits twice as long as the one before. A request
 * that had left and got no answer is not repeated: two calls, or two codes of which only the second is good, help
 * nobody.
 * @throws {MfaError} `gateway.*`, `run.cancelled`
 */
export async function sendRequest(
  message: TextMessage | VoiceCall,
  options: SendRequestOptions,
): Promise<GatewayAcceptance> {
  const { settings, secrets, onConversation, wait, signal } = options;
  const values = requestValues(message, { secret: secrets, value: settings.values });
  const request = buildRequest(settings, values);
  const shown = shownRequest(settings, values);
  const hide = secretsHider(request, shown, values);
  for (let attempt = 0; ; attempt += 1) {
    for (const line of requestLines(shown)) onConversation(`> ${line}`);
    const outcome = await attemptRequest(request, { ...options, hide });
    if ('response' in outcome) return outcome;
    const { error } = outcome;
    if (attempt >= settings.retries || !repeated.some((code) => isMfaError(error, code))) throw error;
    const pauseMs = firstPauseMs * 2 ** attempt;
    onConversation(`* ${error.message} Trying again in ${pauseMs / 1000} s.`);
    await wait(pauseMs, signal ?? new AbortController().signal);
    if (signal?.aborted) throw cancelled(signal.reason);
  }
}

type Outcome = GatewayAcceptance | { readonly error: MfaError };

async function attemptRequest(
  request: GatewayRequest,
  options: SendRequestOptions & { readonly hide: (text: string) => string },
): Promise<Outcome> {
  const { settings, onConversation, signal, hide } = options;
  const { host } = new URL(request.url);
  if (signal?.aborted) throw cancelled(signal.reason);
  try {
    const raw = await exchange(request, { ...settings, signal });
    const answer: GatewayAnswer = {
      ...raw,
      statusText: hide(raw.statusText),
      headers: raw.headers.map(([name, value]) => [name, hide(value)] as const),
      body: hide(raw.body),
    };
    for (const line of answerLines(answer)) onConversation(`< ${line}`);
    const error = answerError(answer, settings, host);
    return error === null ? { response: responseText(answer) } : { error };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    if (signal?.aborted) throw cancelled(error);
    return { error: noAnswerError(error, host) };
  }
}

function cancelled(cause: unknown): MfaError {
  return new MfaError('run.cancelled', 'It was given up before the gateway had answered.', { cause });
}

function responseText({ status, statusText, body }: GatewayAnswer): string {
  return `${status} ${statusText} ${body.trim().replace(/\s+/g, ' ')}`.trim();
}

function requestLines({ method, url, headers, body }: GatewayRequest): string[] {
  return [`${method} ${url}`, ...headerLines(headers), ...bodyLines(body)];
}

function answerLines({ status, statusText, headers, body }: GatewayAnswer): string[] {
  return [`${status} ${statusText}`.trim(), ...headerLines(headers), ...bodyLines(body)];
}

function headerLines(headers: GatewayRequest['headers']): string[] {
  return headers.map(([name, value]) => `${name}: ${value}`);
}

function bodyLines(body: string): string[] {
  return body === '' ? [] : ['', ...body.trimEnd().split(/\r?\n/)];
}
