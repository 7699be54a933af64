import { trimAudit } from '../../../core/audit/trim-audit.ts';
import { countOf } from '../../../core/count-text.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { confirmed, numberConfirmation } from '../../widgets/dialog/state.ts';
import type { FormDialogOptions } from '../../widgets/form-dialog/form-dialog.ts';

const dayMs = 86_400_000;

/** Removes events that are older than so many days, after their number was typed. @returns whether it was done */
export async function trimEvents(context: ScreenContext): Promise<boolean> {
  const { core, overlays, status } = context;
  const values = await overlays.fill(daysForm(core.companySettings.load().auditKeptDays));
  if (values === null) return false;
  const days = Number(values.days);
  const before = new Date(core.clock().getTime() - days * dayMs);
  const trim = (dryRun: boolean) =>
    context.work('Remove old events', (signal) => trimAudit(core, { before, dryRun, signal }));
  const planned = await trim(true);
  if (planned === undefined) return false;
  if (planned.events === 0) {
    status.say(`No event is older than ${countOf(days, 'day')}.`);
    return false;
  }
  const count = countOf(planned.events, 'event');
  const text = `Remove ${count} older than ${countOf(days, 'day')}? The rest verifies as before.`;
  const question = numberConfirmation('Remove old events', text, planned.events);
  if ((await overlays.ask(question)) !== confirmed) return false;
  const removed = await trim(false);
  if (removed === undefined) return false;
  status.say(`${countOf(removed.events, 'event')} removed.`, 'ok');
  return true;
}

function daysForm(kept: number | null): FormDialogOptions {
  return {
    title: 'Remove old events',
    text: 'Export them first where they must be kept elsewhere. The setting "Keep audit events" lets the service do this.',
    fields: [
      {
        kind: 'number',
        id: 'days',
        label: 'Older than',
        unit: 'days',
        least: 1,
        most: 36_500,
        isRequired: true,
      },
    ],
    values: { days: String(kept ?? 365) },
    label: 'Continue',
  };
}
