/**
 * What runs hold is counted for Status again and again, however much it is: both indexes have all that counting reads
 * of the lines of a log and of the users whom they are about.
 */
export const heldIndexes = `
DROP INDEX users_held;
CREATE INDEX users_held ON users (directory_id, sync_held) WHERE sync_held IS NOT NULL;
CREATE INDEX run_changes_held ON run_changes (run_id, number, change, directory_id, substr(fields, 1, 10))
  WHERE change = 'held';
`;
