import type { CompanySettings } from '../../../core/settings/company-settings.ts';
import { defaultMode } from '../../../core/users/method.ts';
import type { Users } from '../../../core/users/users.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { confirmation, confirmed, numberConfirmation } from '../../widgets/dialog/state.ts';
import type { FormDialogOptions } from '../../widgets/form-dialog/form-dialog.ts';
import { chosenMethod, methodChoice, methodOptions } from '../method-choice.ts';
import type { BulkChange } from './change-users.ts';

/** Asks what is needed for a change of state, and says how it is made; null when it was cancelled. */
export type AskChange = (
  context: ScreenContext,
  /** Whom it is for: a username or "412 users". */
  subject: string,
  count: number,
) => Promise<BulkChange | null>;

export const askEnable: AskChange = async (context, subject, count) => {
  const { users } = context.core;
  const bulk: BulkChange = {
    title: 'Enable',
    done: 'enabled',
    change: (usernames, signal) => users.enable(usernames, { signal }),
  };
  return count === 1 || (await confirm(context, 'Enable', subject)) ? bulk : null;
};

export const askDisable: AskChange = async (context, subject, count) => {
  const { users } = context.core;
  const bulk: BulkChange = {
    title: 'Disable',
    done: 'disabled',
    change: (usernames, signal) => users.disable(usernames, { signal }),
  };
  const mayDo =
    count === 1
      ? confirm(context, 'Disable', subject)
      : confirmMany(context, 'Disable', `Disable ${subject}?`, count);
  return (await mayDo) ? bulk : null;
};

export const askUnblock: AskChange = async (context, subject, count) => {
  const { users } = context.core;
  const bulk: BulkChange = {
    title: 'Unblock',
    done: 'unblocked',
    change: (usernames, signal) => users.unblock(usernames, { signal }),
  };
  return count === 1 || (await confirm(context, 'Unblock', subject)) ? bulk : null;
};

export const askCancelBypass: AskChange = async (context, subject, count) => {
  const { users } = context.core;
  const bulk: BulkChange = {
    title: 'Take one-time bypasses back',
    done: 'without a one-time bypass',
    change: (usernames, signal) => users.cancelBypass(usernames, { signal }),
  };
  return count === 1 || (await confirm(context, 'Take back', `the one-time bypasses of ${subject}`))
    ? bulk
    : null;
};

export const askBlock: AskChange = async (context, subject, count) => {
  const { users, companySettings } = context.core;
  const values = await context.overlays.fill(blockForm(subject, companySettings.load()));
  if (values === null || !(await confirmMany(context, 'Block', `Block ${subject}?`, count))) return null;
  return blocking(users, String(values.reason), Number(values.days));
};

export const askBypass: AskChange = async (context, subject, count) => {
  const { users, companySettings } = context.core;
  const values = await context.overlays.fill(bypassForm(subject, companySettings.load()));
  if (values === null || !(await confirmMany(context, 'One-time bypass', `Let ${subject} pass once?`, count)))
    return null;
  return bypassing(users, String(values.reason), Number(values.seconds));
};

export const askMethod: AskChange = async (context, subject, count) => {
  const { users, companySettings } = context.core;
  const values = await context.overlays.fill(methodForm(subject, companySettings.load()));
  const chosen = values === null ? null : chosenMethod(values.method);
  if (
    chosen === null ||
    !(await confirmMany(context, 'Set the method', `Set the method of ${subject}?`, count))
  )
    return null;
  return {
    title: 'Set the method',
    done: `set to ${methodOptions.find(({ id }) => id === values?.method)?.label ?? ''}`,
    change: (usernames, signal) => users.setMethod(usernames, chosen.method, chosen.mode, { signal }),
  };
};

function blocking(users: Users, reason: string, days: number): BulkChange {
  return {
    title: 'Block',
    done: 'blocked',
    change: (usernames, signal) => users.block(usernames, { reason, days, signal }),
  };
}

function bypassing(users: Users, reason: string, seconds: number): BulkChange {
  return {
    title: 'One-time bypass',
    done: 'bypassed once',
    change: (usernames, signal) => users.bypass(usernames, { reason, seconds, signal }),
  };
}

async function confirm({ overlays }: ScreenContext, act: string, subject: string): Promise<boolean> {
  return (await overlays.ask(confirmation(act, `${act} ${subject}?`, act))) === confirmed;
}

/**
 * Asks for the number of users, because nobody could tell afterwards how each of them was before. True without a
 * question for one user.
 */
export async function confirmMany(
  { overlays }: ScreenContext,
  title: string,
  text: string,
  count: number,
): Promise<boolean> {
  return count === 1 || (await overlays.ask(numberConfirmation(title, text, count))) === confirmed;
}

const reason = {
  kind: 'text',
  id: 'reason',
  label: 'Reason',
  isRequired: true,
  help: 'It stands in the audit log.',
} as const;

export function blockForm(subject: string, settings: CompanySettings): FormDialogOptions {
  return {
    title: 'Block',
    text: `Every authentication of ${subject} is refused until the block ends.`,
    fields: [
      reason,
      { kind: 'number', id: 'days', label: 'For', unit: 'days', least: 1, most: 3650, isRequired: true },
    ],
    values: { reason: '', days: String(settings.blockDays) },
    label: 'Block',
  };
}

export function bypassForm(subject: string, settings: CompanySettings): FormDialogOptions {
  const most = settings.bypassMaximumSeconds;
  return {
    title: 'One-time bypass',
    text: `Lets ${subject} pass the second factor once.`,
    fields: [
      reason,
      { kind: 'number', id: 'seconds', label: 'Within', unit: 'seconds', least: 10, most, isRequired: true },
    ],
    values: { reason: '', seconds: String(settings.bypassSeconds) },
    label: 'Bypass',
  };
}

export function methodForm(
  subject: string,
  { defaultMethod, defaultMode: mode }: CompanySettings,
): FormDialogOptions {
  const first =
    defaultMethod === null
      ? (methodOptions[0]?.id ?? '')
      : methodChoice(defaultMethod, mode ?? defaultMode(defaultMethod));
  return {
    title: 'Set the method',
    text: `How ${subject} does the second factor.`,
    fields: [
      {
        kind: 'choice',
        id: 'method',
        label: 'Method',
        options: methodOptions,
        help: 'Left and Right choose.',
      },
    ],
    values: { method: first },
    label: 'Set',
  };
}
