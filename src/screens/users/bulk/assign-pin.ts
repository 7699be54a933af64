import { countOf } from '../../../core/count-text.ts';
import { mailOnWrite } from '../../../core/email/outbox/mail-on-write.ts';
import type { BulkResult } from '../../../core/users/bulk.ts';
import { pinProblem } from '../../../core/users/pin.ts';
import type { SetPinResult } from '../../../core/users/set-pin.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { reportDialog } from '../../widgets/dialog/state.ts';
import type { FormDialogOptions } from '../../widgets/form-dialog/form-dialog.ts';
import { type BulkChange, changeUsers } from './change-users.ts';
import type { Outcome } from './outcome.ts';
import { confirmMany } from './state-changes.ts';

/** Gives users a typed PIN, or each one of their own, which is shown once. */
export async function assignPin(
  context: ScreenContext,
  ids: readonly number[],
  subject: string,
): Promise<Outcome | undefined> {
  const { users, companySettings } = context.core;
  const [only] = ids.length === 1 ? users.byIds(ids) : [];
  const rules = companySettings.load();
  const values = await context.overlays.fill(
    pinForm(subject, ids.length, (pin) =>
      pinProblem(pin, rules, [only?.phone ?? null, only?.backupPhone ?? null]),
    ),
  );
  const question = `Replace the PINs of ${subject}?`;
  if (values === null || !(await confirmMany(context, 'Assign a PIN', question, ids.length)))
    return undefined;
  const pin = values.pin === '' ? undefined : String(values.pin);
  const { outbox } = context.core;
  const mailing = values.sendEmail === true ? mailOnWrite(await outbox.openQueue(), 'updated') : null;
  const generated: string[] = [];
  const bulk: BulkChange<SetPinResult> = {
    title: 'Assign a PIN',
    done: 'given a PIN',
    // Hashing takes long on purpose.
    batchSize: 1,
    change: (usernames, signal) =>
      users.setPin(usernames, {
        pin,
        mustChange: values.mustChange === true,
        signal,
        onWritten: mailing?.onWritten,
      }),
    onResults: (results) => generated.push(...(mailing === null ? results.flatMap(pinLine) : [])),
  };
  const outcome = await changeUsers(context, ids, bulk);
  if (generated.length > 0) {
    const text = `Note ${generated.length === 1 ? 'it' : 'them'} now: nobody can read a PIN again later.`;
    await context.overlays.ask(reportDialog(countOf(generated.length, 'new PIN'), text, generated));
  }
  const unsent = mailing?.mails.filter(({ state }) => state === 'notSent') ?? [];
  if (unsent.length > 0) {
    const text = 'Their PINs are sealed in the outbox: mend what is said there, and retry the mails.';
    const lines = unsent.map(({ username, why }) => `${username}: ${why}`);
    await context.overlays.ask(reportDialog(`${countOf(unsent.length, 'mail')} not sent`, text, lines));
  }
  return outcome;
}

function pinLine({ result }: BulkResult<SetPinResult>): string[] {
  if (result === undefined || result.generatedPin === null) return [];
  return [`${result.generatedPin}  ${result.user.username}`];
}

/** @param problemOf what is wrong with a PIN, as the end of a sentence */
export function pinForm(
  subject: string,
  count: number,
  problemOf: (pin: string) => string | undefined,
): FormDialogOptions {
  return {
    title: 'Assign a PIN',
    text: `For ${subject}. Left empty, ${count === 1 ? 'one' : 'one for each'} is generated and shown once.`,
    fields: [
      {
        kind: 'password',
        id: 'pin',
        label: 'PIN',
        help: 'Ctrl+R shows it while held.',
        check(value) {
          const problem = problemOf(String(value));
          return problem === undefined ? null : `The PIN ${problem}.`;
        },
      },
      {
        kind: 'password',
        id: 'again',
        label: 'PIN again',
        checksEmpty: true,
        check: (value, values) => (value === values.pin ? null : 'The PINs differ.'),
      },
      { kind: 'toggle', id: 'mustChange', label: 'Must be changed', help: 'At the next sign-in.' },
      {
        kind: 'toggle',
        id: 'sendEmail',
        label: 'Tell it by mail',
        help: 'A generated one is not shown then.',
      },
    ],
    values: { pin: '', again: '', mustChange: true, sendEmail: false },
    label: 'Assign',
  };
}
