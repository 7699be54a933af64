import type { MailPreview } from '../../../core/email/outbox/mail-user.ts';
import type { UserMailResult } from '../../../core/email/outbox/outbox.ts';
import {
  mailKindNames,
  type UserMailKind,
  userMailKinds,
} from '../../../core/email/templates/template-key.ts';
import { type ErrorCode, MfaError } from '../../../core/errors.ts';
import type { BulkResult } from '../../../core/users/bulk.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { displayText, wrapWords } from '../../terminal/display-text.ts';
import { cancelled, confirmed, type QuestionDialog, reportDialog } from '../../widgets/dialog/state.ts';
import type { FormDialogOptions } from '../../widgets/form-dialog/form-dialog.ts';
import { type BulkChange, changeUsers, type Made } from './change-users.ts';
import type { Outcome } from './outcome.ts';
import { confirmMany } from './state-changes.ts';

/** Sends users a mail of a chosen kind, after a look at it. Undefined when nothing was sent. */
export async function sendEmail(
  context: ScreenContext,
  ids: readonly number[],
  subject: string,
): Promise<Outcome | undefined> {
  const { core, overlays } = context;
  const values = await overlays.fill(kindForm(subject));
  const [first] = core.users.byIds(ids.slice(0, 1));
  if (values === null || first === undefined) return undefined;
  const kind = userMailKinds.find((one) => one === values.kind) ?? null;
  const preview = await core.outbox.preview(first.username, kind);
  if (!(await maySend(context, first.username, preview, ids.length))) return undefined;
  if (!(await confirmMany(context, 'Send e-mail', `Send a mail to ${subject}?`, ids.length)))
    return undefined;
  return changeUsers(context, ids, sending(context, kind));
}

function sending({ core }: ScreenContext, kind: UserMailKind | null): BulkChange<Made> {
  return {
    title: 'Send e-mail',
    done: 'sent a mail; the outbox shows it',
    change: async (usernames, signal) =>
      (await core.outbox.mailUsers(usernames, kind, { signal })).map(asResult),
  };
}

/** A mail that is in the outbox and cannot leave is a failure to whoever wanted it sent. */
function asResult({ username, mail, error }: UserMailResult): BulkResult<Made> {
  if (error !== undefined) return { username, error };
  if (mail.state !== 'notSent') return { username, result: { changed: true } };
  return { username, error: new MfaError((mail.whyCode ?? 'mail.notPossible') as ErrorCode, mail.why ?? '') };
}

/** Shows the mail as often as wanted. */
async function maySend(
  { overlays }: ScreenContext,
  username: string,
  preview: MailPreview,
  count: number,
): Promise<boolean> {
  for (;;) {
    const answer = await overlays.ask(question(username, preview, count));
    if (answer !== 'preview') return answer === confirmed;
    const { content, recipient } = preview;
    const lines = content?.text.trimEnd().split('\n').flatMap(wrapped) ?? ['There is no text.'];
    const head = `To ${recipient ?? 'nobody'}: ${content?.subject ?? 'no subject'}`;
    await overlays.ask(reportDialog(`Mail to ${username}`, head, lines));
  }
}

const previewColumns = 66;

function wrapped(line: string): readonly string[] {
  return line === '' ? [''] : wrapWords(displayText(line), previewColumns);
}

function question(username: string, preview: MailPreview, count: number): QuestionDialog {
  const { kind, recipient, content, problem } = preview;
  const others = count === 1 ? '' : ` and ${count - 1} more`;
  const what = `${mailKindNames[kind]} to ${username}${recipient === null ? '' : ` (${recipient})`}${others}.`;
  const text = [what, content === null ? '' : `Subject: ${content.subject}`, problem?.sentence ?? '']
    .filter((line) => line !== '')
    .join('\n');
  const hasText = content !== null;
  const buttons = [
    { id: cancelled, label: 'Cancel' },
    ...(hasText ? [{ id: 'preview', label: 'Read it' }] : []),
    { id: confirmed, label: 'Send' },
  ];
  return {
    kind: 'question',
    title: 'Send e-mail',
    text,
    buttons,
    focused: hasText ? 1 : 0,
    escape: cancelled,
  };
}

const automatic = { id: '', label: 'New User, or User Enrollment without a phone' };

function kindForm(subject: string): FormDialogOptions {
  return {
    title: 'Send e-mail',
    text: `To ${subject}. A PIN is not in it, because nobody can read one again.`,
    fields: [
      {
        kind: 'choice',
        id: 'kind',
        label: 'Kind',
        options: [automatic, ...userMailKinds.map((id) => ({ id, label: mailKindNames[id] }))],
        help: 'Left and Right choose.',
      },
    ],
    values: { kind: '' },
    label: 'Go on',
  };
}
