/** Mails to users, from the moment they are due: waiting, sent, or not sent with the reason. */
export const outbox = `
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  username TEXT NOT NULL,
  recipient TEXT,
  kind TEXT NOT NULL,
  method TEXT,
  mode TEXT,
  language TEXT,
  message_id TEXT NOT NULL,
  state TEXT NOT NULL,
  why_code TEXT,
  why TEXT,
  attempts INTEGER NOT NULL,
  queued_at TEXT NOT NULL,
  queued_by TEXT NOT NULL,
  waiting_since TEXT NOT NULL,
  next_attempt_at TEXT,
  last_attempt_at TEXT,
  handed_over_at TEXT,
  finished_at TEXT,
  repeats INTEGER,
  size INTEGER NOT NULL,
  with_pin INTEGER NOT NULL,
  subject TEXT,
  content TEXT,
  sealed BLOB
) STRICT;

CREATE INDEX outbox_user ON outbox (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX outbox_state ON outbox (state, id);
CREATE INDEX outbox_due ON outbox (next_attempt_at, id) WHERE state = 'queued';
`;
