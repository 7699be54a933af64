import { mailsPerPart } from '../../../core/email/outbox/export-mails.ts';
import type { OutboxMail } from '../../../core/email/outbox/outbox-mail.ts';
import { exportList } from '../../files/export-list.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { markedIds } from '../../widgets/table/marks.ts';
import type { Table } from '../../widgets/table/table.ts';

/** Writes what became of mails to a file. */
export async function exportMails(context: ScreenContext, table: Table<OutboxMail>): Promise<void> {
  const { outbox } = context.core;
  const { query, marks } = table.state();
  const filter = query.filter.trim();
  await exportList(context, {
    title: 'Export mails',
    text: 'The newest first, without their texts.',
    things: 'Mails',
    exampleFile: 'mails.csv',
    markedIds: markedIds(marks).map(Number),
    filter,
    matching: outbox.count({ filter }),
    all: outbox.count(),
    perPart: mailsPerPart,
    parts: (format, which) => outbox.export(format, which),
  });
}
