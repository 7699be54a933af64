import type { MailKind } from '../../templates/template-key.ts';

/** The mail that an event tells of. */
export interface TellableMail {
  readonly id: number;
  readonly username: string;
  readonly to: string | null;
  readonly kind: MailKind;
}

/** What a deliverer tells while it works. */
export type DeliveryEvent =
  /** It has become the one that delivers. */
  | { readonly kind: 'started' }
  /** Another process delivers; this one waits until it ends. */
  | { readonly kind: 'waiting'; readonly why: string }
  /** Mails wait, and settings keep all of them from being sent. */
  | { readonly kind: 'held'; readonly why: string }
  /** The mail server could not be used. */
  | { readonly kind: 'paused'; readonly why: string; readonly until: string }
  | { readonly kind: 'sent'; readonly mail: TellableMail; readonly why: string }
  | { readonly kind: 'deferred'; readonly mail: TellableMail; readonly why: string; readonly until: string }
  | { readonly kind: 'failed'; readonly mail: TellableMail; readonly why: string }
  | { readonly kind: 'inDoubt'; readonly mail: TellableMail; readonly why: string }
  | { readonly kind: 'cancelled'; readonly mail: TellableMail; readonly why: string }
  | { readonly kind: 'stopped' };
