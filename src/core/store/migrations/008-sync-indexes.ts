/** What every synchronization of changes asks, however few they are: of whom something is held, and who has left. */
export const syncIndexes = `
CREATE INDEX users_held ON users (id) WHERE sync_held IS NOT NULL;
CREATE INDEX users_left ON users (sync_item_id) WHERE sync_absence = 'left';
`;
