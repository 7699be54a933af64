/** The first schema: users and their search index, runs, the audit chain, settings and sealed secrets. */
export const initialSchema = `
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  sealed BLOB NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  username TEXT NOT NULL,
  username_key TEXT NOT NULL,
  first_name TEXT,
  last_name TEXT,
  email TEXT,
  user_group TEXT,
  description TEXT,
  phone TEXT,
  extension TEXT,
  backup_phone TEXT,
  backup_extension TEXT,
  method TEXT,
  mode TEXT,
  language_phone_call TEXT,
  language_text_message TEXT,
  language_mobile_app TEXT,
  language_oath_token TEXT,
  enabled INTEGER NOT NULL,
  pin_hash TEXT,
  pin_history TEXT,
  pin_must_change INTEGER NOT NULL,
  pin_set_at TEXT,
  may_change_phone INTEGER,
  may_change_pin INTEGER,
  when_disabled TEXT,
  local_fields TEXT,
  blocked_until TEXT,
  blocked_reason TEXT,
  blocked_at TEXT,
  blocked_by TEXT,
  locked_until TEXT,
  bypass_until TEXT,
  bypass_reason TEXT,
  bypass_by TEXT,
  source TEXT NOT NULL,
  directory_id TEXT,
  directory_dn TEXT,
  fingerprint BLOB,
  last_synchronized_at TEXT,
  last_authenticated_at TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  search_text TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX users_username ON users (username_key);
CREATE UNIQUE INDEX users_directory_id ON users (directory_id) WHERE directory_id IS NOT NULL;
-- One index for each column that a list is sorted by, so that its first page never sorts everybody.
CREATE INDEX users_name ON users (last_name COLLATE NOCASE, first_name COLLATE NOCASE);
CREATE INDEX users_email ON users (email COLLATE NOCASE);
CREATE INDEX users_phone ON users (phone);
CREATE INDEX users_method ON users (method, mode);
CREATE INDEX users_source ON users (source);
CREATE INDEX users_last_authenticated ON users (last_authenticated_at);
-- What only some users have; costs nothing for the others.
CREATE INDEX users_not_enabled ON users (enabled) WHERE enabled = 0;
CREATE INDEX users_blocked ON users (blocked_until) WHERE blocked_until IS NOT NULL;
CREATE INDEX users_locked ON users (locked_until) WHERE locked_until IS NOT NULL;
CREATE INDEX users_bypassed ON users (bypass_until) WHERE bypass_until IS NOT NULL;
CREATE INDEX users_pin_change ON users (pin_must_change) WHERE pin_must_change = 1;
CREATE INDEX users_with_pin ON users (id) WHERE pin_hash IS NOT NULL;
CREATE INDEX users_group ON users (user_group COLLATE NOCASE) WHERE user_group IS NOT NULL;

CREATE VIRTUAL TABLE users_search USING fts5 (
  search_text, content = 'users', content_rowid = 'id', tokenize = 'trigram', detail = none, columnsize = 0
);
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  purpose TEXT NOT NULL,
  state TEXT NOT NULL,
  dry_run INTEGER NOT NULL,
  request TEXT NOT NULL,
  counts TEXT NOT NULL,
  started_at TEXT NOT NULL,
  started_by TEXT NOT NULL,
  host TEXT NOT NULL,
  pid INTEGER NOT NULL,
  heartbeat_at TEXT NOT NULL,
  finished_at TEXT,
  seconds REAL,
  error_code TEXT,
  error_message TEXT,
  resumes INTEGER REFERENCES runs (id)
) STRICT;

CREATE TABLE run_changes (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  change TEXT NOT NULL,
  username TEXT,
  directory_id TEXT,
  reason TEXT,
  fields TEXT,
  audit_sequence INTEGER,
  PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  token TEXT NOT NULL,
  host TEXT NOT NULL,
  pid INTEGER NOT NULL,
  held_by TEXT NOT NULL,
  purpose TEXT NOT NULL,
  acquired_at TEXT NOT NULL,
  heartbeat_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_events (
  sequence INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT,
  result TEXT NOT NULL,
  reason TEXT,
  details TEXT,
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_events_target ON audit_events (target, sequence) WHERE target IS NOT NULL;

CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sequence INTEGER NOT NULL,
  hash BLOB NOT NULL,
  signature BLOB NOT NULL
) STRICT;
`;
