/** What the schedule asks again and again: how the synchronizations of everybody have ended. */
export const synchronizationSchedule = `
CREATE INDEX runs_of_everybody ON runs (state, id)
  WHERE purpose = 'synchronization' AND dry_run = 0
    AND request ->> '$.user' IS NULL AND request ->> '$.approves' IS NULL;
`;
