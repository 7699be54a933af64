import { formatDirectoryId } from '../../directory-id.ts';
import { showDeleted } from '../directory-rights.ts';
import { incomplete } from '../paged-search.ts';
import { valuesOf } from '../root-dse.ts';
import type { ChangeReader, ChangeSource, Position } from './change-reader.ts';

/** Reads changes by the numbers that a domain controller gives to them. */
export function usnReader(seesDeleted: boolean): ChangeReader {
  return {
    kind: 'usn',
    begin: async (source) => positionNow(source),
    async find(source, { position }) {
      const { session, rootDse, signal } = source;
      const filter = `(uSNChanged>=${BigInt(position) + 1n})`;
      const changed = new Set<string>();
      const deleted = new Set<string>();
      const query = {
        baseDn: rootDse.defaultNamingContext,
        scope: 'sub' as const,
        filter,
        attributes: ['objectGUID', 'isDeleted'],
        binaryAttributes: ['objectGUID'],
        ...(seesDeleted && { controls: [showDeleted] }),
      };
      for await (const entries of session.pages(query, signal)) {
        for (const entry of entries) {
          const id = formatDirectoryId(entry.objectGUID, 'guid');
          if (id === null) throw incomplete({ baseDn: entry.dn }, 0, 'a change came without its objectGUID');
          const isDeleted = valuesOf(entry, 'isDeleted')[0]?.toUpperCase() === 'TRUE';
          (isDeleted ? deleted : changed).add(id);
        }
      }
      return { changed, deleted, filter, next: positionNow(source) };
    },
  };
}

/** The number was asked for before the changes are, so that what changes meanwhile comes again the next time. */
function positionNow({ controller, now }: ChangeSource): Position {
  return { position: controller.usn ?? '0', takenAt: now.toISOString() };
}
