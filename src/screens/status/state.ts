import { countText } from '../../core/count-text.ts';
import { directoryNames } from '../../core/directory/directory.ts';
import { type Run, runStateNames } from '../../core/runs/run.ts';
import { outcomeText } from '../../core/runs/run-texts.ts';
import type { MailStatus } from '../../core/status/mail-status.ts';
import { mailText } from '../../core/status/mail-text.ts';
import type { Status } from '../../core/status/status.ts';
import { serviceText, syncText } from '../../core/status/sync-text.ts';
import type { Warning } from '../../core/status/warnings.ts';
import { stateNames, userStates } from '../../core/users/user.ts';
import { runningText } from '../runs/watch-running.ts';
import { momentText } from '../text/moment-text.ts';
import type { Token } from '../theme/style.ts';

/** What Enter does: goes to a section and a place of it, or asks for a backup. */
export type Target = { readonly section: string; readonly place?: string } | 'backup';

/** One thing that is shown; the cursor goes from one to the next. */
export interface StatusItem {
  readonly id: string;
  readonly label: string;
  /** The first line stands beside the label. */
  readonly lines: readonly string[];
  readonly token?: Token;
  readonly target: Target | null;
  /** The command that does it where no screen does. */
  readonly command?: string;
  /** An empty line stands before it. */
  readonly isFirst?: boolean;
}

export interface StatusState {
  readonly items: readonly StatusItem[];
  readonly cursor: number;
}

export type StatusAction =
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'edge'; readonly to: 'first' | 'last' }
  | { readonly type: 'read'; readonly items: readonly StatusItem[] };

export function reduceStatus(state: StatusState, action: StatusAction): StatusState {
  const last = state.items.length - 1;
  switch (action.type) {
    case 'move':
      return { ...state, cursor: Math.max(0, Math.min(last, state.cursor + action.by)) };
    case 'edge':
      return { ...state, cursor: action.to === 'first' ? 0 : last };
    case 'read': {
      // The cursor stays on its item, wherever that is now.
      const id = state.items[state.cursor]?.id;
      const at = action.items.findIndex((item) => item.id === id);
      return { items: action.items, cursor: at === -1 ? 0 : at };
    }
  }
}

/**
 * Warnings first, because they are what an administrator must act on; then how things stand.
 * @param running the run that goes on just now
 */
export function statusItems(status: Status, now: Date, running: Run | null): readonly StatusItem[] {
  return [...status.warnings.map(warningItem), ...userItems(status), ...otherItems(status, now, running)];
}

/** What mends a warning; null where only its command does. */
const mendedIn: Record<Warning['code'], (warning: Warning) => Target | null> = {
  'directory.plain': () => ({ section: 'directory-integration', place: 'settings' }),
  'directory.certificateExpires': () => ({ section: 'directory-integration', place: 'settings' }),
  'run.failed': continuedIn,
  'run.cancelled': continuedIn,
  'run.interrupted': continuedIn,
  'sync.awaitingApproval': ({ run }) => ({
    section: 'directory-integration',
    place: `synchronization:approval:${run}`,
  }),
  'sync.due': () => ({ section: 'directory-integration', place: 'synchronization' }),
  'sync.late': () => ({ section: 'directory-integration', place: 'synchronization' }),
  'sync.failing': () => ({ section: 'directory-integration', place: 'synchronization' }),
  'service.stopped': () => null,
  'backup.missing': () => 'backup',
  'backup.old': () => 'backup',
  'settings.disabledSucceed': ({ setting }) => ({ section: 'company-settings', place: `general:${setting}` }),
  'email.incomplete': mailSetting,
  'email.failing': mailSetting,
  'email.plain': mailSetting,
  'email.noAdministrators': mailSetting,
  'mail.switchedOff': mailSetting,
  'mail.nobodyDelivers': () => null,
  'mail.unsent': () => ({ section: 'email', place: 'outbox:state:failed state:inDoubt state:notSent' }),
};

function mailSetting({ setting }: Warning): Target {
  return { section: 'email', place: setting === undefined ? 'settings' : `settings:${setting}` };
}

/** The import screen, where one key does the rest of a run. */
function continuedIn({ run }: Warning): Target | null {
  return run === undefined ? null : { section: 'users', place: `continue:${run}` };
}

function warningItem(warning: Warning, index: number): StatusItem {
  const { code, message, command } = warning;
  return {
    id: `warning ${code} ${message}`,
    label: index === 0 ? 'Warnings' : '',
    lines: [message],
    token: 'warning',
    target: mendedIn[code](warning),
    command,
  };
}

function userItems({ users }: Status): readonly StatusItem[] {
  const all: StatusItem = {
    id: 'users',
    label: 'Users',
    lines: [countText(users.total)],
    target: { section: 'users', place: '' },
    isFirst: true,
  };
  const states = userStates
    .filter((state) => users[state] > 0)
    .map((state): StatusItem => {
      return {
        id: `users ${state}`,
        label: `  ${stateNames[state]}`,
        lines: [countText(users[state])],
        ...(state === 'blocked' || state === 'lockedOut' ? { token: 'warning' } : {}),
        target: { section: 'users', place: `state:${state}` },
      };
    });
  return [all, ...states];
}

function otherItems(status: Status, now: Date, running: Run | null): StatusItem[] {
  const { directory, mail, lastRun, lastBackup, dataDirectory, service, synchronization } = status;
  const moment = (at: string) => momentText(at, now);
  const backup =
    lastBackup.writtenAt === null
      ? ['none yet']
      : [momentText(lastBackup.writtenAt, now), ...(lastBackup.file === null ? [] : [lastBackup.file])];
  return [
    { id: 'data', label: 'Data directory', lines: [dataDirectory], target: null, isFirst: true },
    {
      id: 'directory',
      label: 'Directory',
      lines: [`${directoryNames[directory.type]}, ${directory.label}`],
      target: { section: 'directory-integration' },
    },
    {
      id: 'mail',
      label: 'Mail',
      lines: [mailText(mail)],
      ...(mail.failed + mail.inDoubt > 0 ? { token: 'warning' } : {}),
      target: mailTarget(mail),
    },
    {
      id: 'synchronization',
      label: 'Synchronization',
      lines: [syncText(synchronization, moment)],
      target: { section: 'directory-integration', place: 'synchronization' },
    },
    {
      id: 'service',
      label: 'Service',
      lines: [serviceText(service, moment)],
      target: null,
      ...(service === null && { command: 'mfa-console serve' }),
    },
    runItem(running ?? lastRun, now),
    { id: 'backup', label: 'Last backup', lines: backup, target: 'backup' },
  ];
}

/** Where something has to be looked at, there; else where it is said how mail is sent. */
function mailTarget({ waiting, failed, inDoubt, notSent }: MailStatus): Target {
  if (failed + inDoubt > 0) return { section: 'email', place: 'outbox:state:failed state:inDoubt' };
  return { section: 'email', place: waiting + notSent > 0 ? 'outbox' : 'settings' };
}

/** One that goes on is told anew again and again. */
function runItem(run: Run | null, now: Date): StatusItem {
  const facts = { id: 'run', label: 'Last run' };
  if (run === null) return { ...facts, lines: ['none yet'], target: null };
  const target: Target = { section: 'logging', place: `run:${run.id}` };
  if (run.state === 'running') {
    return { ...facts, label: 'Running now', lines: [runningText(run, now)], token: 'accent', target };
  }
  const isAmiss = run.state === 'failed' || run.state === 'interrupted';
  return { ...facts, lines: runLines(run, now), ...(isAmiss && { token: 'warning' }), target };
}

function runLines(run: Run, now: Date): string[] {
  const { id, purpose, state, startedAt } = run;
  return [`${purpose} ${id}, ${runStateNames[state]}, ${momentText(startedAt, now)}`, outcomeText(run)];
}
