import { countOf } from '../count-text.ts';
import type { MailStatus } from './mail-status.ts';
import type { Warning } from './warnings.ts';

/**
 * @param switchedOff how many mails to users wait because they are switched off
 * @param isOrphaned mails are due, and no process delivers them
 */
export function mailWarnings(
  { waiting, failed, inDoubt, notSent }: MailStatus,
  switchedOff: number,
  isOrphaned: boolean,
): Warning[] {
  const warnings: Warning[] = [];
  if (switchedOff > 0) {
    warnings.push({
      code: 'mail.switchedOff',
      message: `Sending emails to users is switched off while ${countOf(switchedOff, 'mail')} ${switchedOff === 1 ? 'waits' : 'wait'}.`,
      command: 'mfa-console email settings set --send-to-users on',
      setting: 'sendToUsers',
    });
  }
  if (isOrphaned) {
    warnings.push({
      code: 'mail.nobodyDelivers',
      message: `${countOf(waiting, 'mail')} ${waiting === 1 ? 'waits' : 'wait'}, and no process delivers: neither the service nor a console runs.`,
      command: 'mfa-console serve',
    });
  }
  const unsent = failed + inDoubt + notSent;
  if (unsent > 0) {
    warnings.push({
      code: 'mail.unsent',
      message: `${countOf(unsent, 'mail')} did not arrive or may not have: failed, in doubt, or not sent.`,
      command: 'mfa-console email outbox list --state failed inDoubt notSent',
    });
  }
  return warnings;
}
