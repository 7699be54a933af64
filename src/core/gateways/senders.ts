import { isMfaError } from '../errors.ts';
import type { Language } from '../users/method.ts';

export interface TextMessage {
  /** E.164, such as `+14255550123`. */
  readonly phone: string;
  readonly text: string;
  readonly language: Language;
}

/** A call in which a text is read out. */
export interface VoiceCall extends TextMessage {
  /** What is dialled when the call was taken: digits, `,`, `*` and `#`. */
  readonly extension: string | null;
}

/** What became of a message that was taken over. */
export interface GatewayAcceptance {
  /** The gateway's words, without secrets. */
  readonly response: string;
}

/** Sends text messages. @throws {MfaError} `gateway.*`, `secret.unreadable`, `run.cancelled` */
export interface TextSender {
  sendText(message: TextMessage, signal?: AbortSignal): Promise<GatewayAcceptance>;
}

/** Makes calls. @throws as {@link TextSender} */
export interface VoiceSender {
  call(call: VoiceCall, signal?: AbortSignal): Promise<GatewayAcceptance>;
}

/**
 * Whether a failure means that a sender cannot be reached, so that the company setting `whenSenderUnreachable`
 * decides; a message that was refused, such as for its number, is none.
 */
export function isSenderUnreachable(error: unknown): boolean {
  return (
    isMfaError(error, 'gateway.unreachable') ||
    isMfaError(error, 'gateway.timeout') ||
    isMfaError(error, 'gateway.tls') ||
    isMfaError(error, 'gateway.unavailable')
  );
}
