import type { DirectoryUser } from '../directory/directory.ts';
import type { RunChange } from '../runs/run.ts';
import type { UserRow } from '../store/tables.ts';
import type { User, UserFields } from '../users/user.ts';

/** Columns beside a user's fields and the directory's data. */
export type FurtherColumns = Partial<Omit<UserRow, 'id'>>;

/** What is to be done with one person, and the line that the run's log gets for it. */
export type PlannedChange =
  | {
      action: 'add';
      person: DirectoryUser;
      fields: UserFields;
      fingerprint: Buffer | null;
      columns: FurtherColumns;
      log: RunChange;
    }
  | {
      action: 'update';
      person: DirectoryUser;
      user: User;
      fields: UserFields;
      fingerprint: Buffer | null;
      columns: FurtherColumns;
      log: RunChange;
    }
  /** A change that does not come from the directory's data, such as that of somebody who left. */
  | { action: 'change'; userId: number; version: number; columns: FurtherColumns; log: RunChange }
  | { action: 'remove'; userId: number; log: RunChange }
  /**
   * Nothing that anybody would call a change; the columns remember something for the next run. Without a line of the
   * log, the end of the run tells what becomes of the user.
   */
  | { action: 'none'; userId: number | null; columns: FurtherColumns | null; log: RunChange | null };
