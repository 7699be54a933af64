import type { MailStatus } from './mail-status.ts';
import type { Warning } from './warnings.ts';

/** @param isOrphaned mails are due, and no process delivers them */
export function mailWarnings(
  { isOn, waiting, failed, inDoubt, notSent }: MailStatus,
  isOrphaned: boolean,
): Warning[] {
  const warnings: Warning[] = [];
  const some = (count: number) => (count === 1 ? '1 mail' : `${count.toLocaleString('en')} mails`);
  if (waiting > 0 && !isOn) {
    warnings.push({
      code: 'mail.switchedOff',
      message: `Sending emails to users is switched off while ${some(waiting)} ${waiting === 1 ? 'waits' : 'wait'}.`,
      command: 'mfa-console email settings set --send-to-users on',
      setting: 'sendToUsers',
    });
  }
  if (isOrphaned) {
    warnings.push({
      code: 'mail.nobodyDelivers',
      message: `${some(waiting)} ${waiting === 1 ? 'waits' : 'wait'}, and no process delivers: neither the service nor a console runs.`,
      command: 'mfa-console serve',
    });
  }
  const unsent = failed + inDoubt + notSent;
  if (unsent > 0) {
    warnings.push({
      code: 'mail.unsent',
      message: `${some(unsent)} did not arrive or may not have: failed, in doubt, or not sent.`,
      command: 'mfa-console email outbox list --state failed inDoubt notSent',
    });
  }
  return warnings;
}
