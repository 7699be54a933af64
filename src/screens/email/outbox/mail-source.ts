import type { Outbox } from '../../../core/email/outbox/outbox.ts';
import type { OutboxMail } from '../../../core/email/outbox/outbox-mail.ts';
import type { RowSource } from '../../widgets/table/row-source.ts';

/** Mails as the rows of a list, the newest first. */
export function mailSource(outbox: Outbox): RowSource<OutboxMail> {
  return {
    async load({ filter }, offset, limit) {
      const total = outbox.count({ filter });
      const totalOfAll = filter.trim() === '' ? total : outbox.count();
      return { rows: outbox.list({ filter, offset, limit }), total, totalOfAll };
    },
    async ids({ filter }, offset, limit) {
      // They come in the order of queueing, the list has them the other way round.
      return outbox
        .ids({ filter })
        .reverse()
        .slice(offset, offset + limit)
        .map(String);
    },
    async locate({ filter }, id) {
      const found = outbox.list({ filter, before: Number(id) + 1, limit: 1 })[0];
      if (found?.id !== Number(id)) return null;
      return outbox.count({ filter }) - outbox.count({ filter, before: Number(id) + 1 });
    },
  };
}
