import { parseAuditFilter } from '../../../core/audit/audit-filter.ts';
import { AuditListing } from '../../../core/audit/audit-listing.ts';
import type { AuditEvent } from '../../../core/audit/audit-query.ts';
import type { Core } from '../../../core/core.ts';
import type { RowSource } from '../../widgets/table/row-source.ts';

/** The audit log as the rows of a list. */
export interface EventSource extends RowSource<AuditEvent> {
  /** Looks at the log anew with the next load: events may have come. */
  renew(): void;
  /** Gives up what is still looked for. */
  stop(): void;
}

/**
 * @param onCounted called when a number that was estimated is known, so that the list should be refreshed
 */
export function eventSource(
  { store, clock }: Pick<Core, 'store' | 'clock'>,
  onCounted: () => void,
): EventSource {
  let text: string | null = null;
  let listing: AuditListing | null = null;
  let abort = new AbortController();

  function listingOf(filter: string): AuditListing {
    if (filter !== text) {
      abort.abort();
      abort = new AbortController();
      listing = null;
      text = filter;
    }
    listing ??= new AuditListing(store, parseAuditFilter(filter, clock()));
    return listing;
  }

  async function count(wanted: AuditListing, signal: AbortSignal): Promise<void> {
    try {
      await wanted.complete(signal);
      if (listing === wanted) onCounted();
    } catch {
      // It was given up, or the list tells the same failure.
    }
  }

  return {
    async load({ filter }, offset, limit) {
      const wanted = listingOf(filter);
      const { signal } = abort;
      const wasBegun = wanted.isBegun;
      const { events, total, isExact } = await wanted.page(offset, limit, signal);
      if (!isExact && !wasBegun) void count(wanted, signal);
      return { rows: events, total, totalOfAll: wanted.totalOfAll, isEstimate: !isExact };
    },
    ids: async () => [],
    async locate({ filter }, id, near) {
      const wanted = listingOf(filter);
      await wanted.page(0, near + 1, abort.signal);
      return wanted.indexOf(Number(id));
    },
    renew() {
      listing = null;
    },
    stop: () => abort.abort(),
  };
}
