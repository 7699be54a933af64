import type { ReactNode } from 'react';
import type { Core } from '../../core/core.ts';
import type { Layer } from '../commands/layers.ts';
import type { PreferencesStore } from '../preferences/preferences-store.ts';
import type { Store } from '../store.ts';
import type { Status } from '../widgets/status-line/state.ts';
import type { Overlays } from './overlays.ts';

/** What fills the main pane: the first screen of a section, or one that was opened over it. */
export interface Screen {
  /** Its part of the breadcrumb, such as `Users` or `asmith`. */
  title(): string;
  /**
   * Its keys. `commands` may be a getter where the focus goes from pane to pane. The shell has digits, `r`, `:`,
   * `?`, Esc and `q` below it, for keys that the screen does not take.
   */
  readonly layer: Layer;
  /** Whatever title, note, hints and drawing depend on; the shell draws anew when it changes. */
  readonly state: Pick<Store<unknown>, 'get' | 'subscribe'>;
  draw(width: number, height: number): ReactNode;
  /** Hides the list of sections under 100 columns. */
  readonly wantsWidth?: boolean;
  /** At the right of the status line: "2 marked". */
  note?(): string;
  /** What must have come before the next key makes sense, such as the rows of a new filter; null: nothing. */
  pending?(): Promise<unknown> | null;
  /** Reads again what is shown. Called for `r`, and when the section is entered after data has changed. */
  refresh?(): void | Promise<void>;
  /** It shows more than what is stored, such as which processes run: reads it again whenever the section is entered. */
  readonly showsProcesses?: boolean;
  /** Whether something that it shows is another now, beyond the changes that the audit log tells of. */
  isOld?(): boolean;
  /** Goes to a place of the screen: a filter of a list, the id of a tab. */
  show?(place: string): void;
  /**
   * Whether it may be left: false, or a promise while it asks about unsaved changes. After true there are none
   * any more. Left out: it always may.
   */
  canLeave?(): boolean | Promise<boolean>;
  /** Ends what it has begun; called once, when it is taken away for good. */
  close?(): void;
}

/** What a screen works with. */
export interface ScreenContext {
  readonly core: Core;
  /** Changing is switched off; see {@link changing}. */
  readonly isReadOnly: boolean;
  /** Machine, administrator, and READ-ONLY where it applies. */
  readonly identity: readonly string[];
  /** What the administrator wants of the console. */
  readonly preferences: PreferencesStore;
  /** Dialogs and whatever else lies over screens. */
  readonly overlays: Overlays;
  /** Says what just happened. */
  readonly status: Status;
  /** Opens a screen over the present one; keys that follow in the same packet meet it. */
  open(screen: Screen | Promise<Screen>): void;
  /** Leaves the present screen for the one below, if it lets itself be left. */
  back(): void;
  /** Leaves the present section for another one. False when there is no such section. */
  goTo(section: string, place?: string): boolean;
  /**
   * Says that what is shown, also of the screens below, was read anew, after a change for example: "changed, r to
   * refresh" goes away.
   */
  dataWasRead(): void;
  /** Says that of the screen in sight alone. */
  screenWasRead(): void;
  /** Shows a failure: what failed, what to do, details behind Enter. Resolves when it was read. */
  reportError(title: string, error: unknown): Promise<void>;
  /**
   * Does something long; while it lasts, quitting asks, and then gives the signal. A failure is reported under
   * the title and makes the result undefined.
   */
  work<Result>(title: string, task: (signal: AbortSignal) => Promise<Result>): Promise<Result | undefined>;
}

/** For `isEnabled` of every command that changes something. */
export function changing({ isReadOnly }: Pick<ScreenContext, 'isReadOnly'>): true | string {
  return !isReadOnly || 'This console was started with --read-only.';
}
