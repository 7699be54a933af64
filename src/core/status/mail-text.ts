import type { MailStatus } from './mail-status.ts';

/** How it stands with the mails to users, in a line. */
export function mailText({ isOn, waiting, failed, inDoubt, notSent }: MailStatus): string {
  const counts: [number, string][] = [
    [waiting, 'waiting'],
    [failed, 'failed'],
    [inDoubt, 'in doubt'],
    [notSent, 'not sent'],
  ];
  const told = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  if (!isOn) told.unshift('switched off');
  return told.length === 0 ? 'nothing waits' : told.join(', ');
}
