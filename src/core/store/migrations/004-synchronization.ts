/** Synchronization items, and what synchronization knows of each user. */
export const synchronization = `
CREATE TABLE sync_items (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  enabled INTEGER NOT NULL,
  definition TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL
) STRICT;

ALTER TABLE users ADD COLUMN sync_item_id INTEGER REFERENCES sync_items (id) ON DELETE SET NULL;
ALTER TABLE users ADD COLUMN sync_absence TEXT;
ALTER TABLE users ADD COLUMN sync_absent_since TEXT;
ALTER TABLE users ADD COLUMN sync_disabled_at TEXT;
ALTER TABLE users ADD COLUMN sync_held TEXT;

CREATE INDEX users_sync_item ON users (sync_item_id) WHERE sync_item_id IS NOT NULL;
CREATE INDEX runs_state ON runs (state) WHERE state IN ('running', 'awaitingApproval');
`;
