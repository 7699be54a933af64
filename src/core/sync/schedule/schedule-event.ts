import type { SyncRun } from '../../runs/run.ts';

/** What the schedule tells while it works. Moments are ISO 8601 UTC text. */
export type ScheduleEvent =
  /** Another service synchronizes; this one takes over when it ends. */
  | { readonly kind: 'syncStandby'; readonly why: string }
  /** Nothing is to be synchronized, and why. */
  | { readonly kind: 'syncIdle'; readonly why: string }
  | { readonly kind: 'syncScheduled'; readonly nextAt: string }
  /** It is due and has to wait, and for what. */
  | { readonly kind: 'syncWaiting'; readonly why: string }
  | { readonly kind: 'syncStarted' }
  | { readonly kind: 'syncFinished'; readonly run: SyncRun }
  | { readonly kind: 'syncAwaitingApproval'; readonly run: SyncRun }
  /** @prop run null when none could be noted */
  | { readonly kind: 'syncFailed'; readonly run: SyncRun | null; readonly why: string }
  /** It was broken off because the service ends; what it has committed stays. */
  | { readonly kind: 'syncStopped'; readonly run: SyncRun };
