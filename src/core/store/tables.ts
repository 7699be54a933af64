/** The rows of the database as TypeScript sees them; the SQL is in `migrations/`. */

export interface SettingsRow {
  name: string;
  /** JSON */
  value: string;
  version: number;
  updated_at: string;
  updated_by: string;
}

export interface TemplateOverrideRow {
  /** `phoneCall/pin/newUser/de` */
  name: string;
  /** JSON: subject, text, html, cc, attachments */
  source: string;
  version: number;
  updated_at: string;
  updated_by: string;
}

export interface MailFileRow {
  /** Of the content, in hexadecimal digits. */
  sha256: string;
  content: Uint8Array;
}

export interface OutboxRow {
  id: number;
  /** Null when the user was removed. */
  user_id: number | null;
  username: string;
  recipient: string | null;
  kind: string;
  method: string | null;
  mode: string | null;
  language: string | null;
  message_id: string;
  state: string;
  why_code: string | null;
  why: string | null;
  attempts: number;
  queued_at: string;
  queued_by: string;
  /** When it was queued, or retried last: give-up is counted from here. */
  waiting_since: string;
  next_attempt_at: string | null;
  last_attempt_at: string | null;
  /** When its text began to leave for the mail server in the last attempt; null before that. */
  handed_over_at: string | null;
  finished_at: string | null;
  /** The mail that this one sends again. */
  repeats: number | null;
  size: number;
  /** Whether its text has a PIN. */
  with_pin: number;
  subject: string | null;
  /** JSON: subject, text, html, cc, with the PIN hidden; null when no text could be made. */
  content: string | null;
  /** JSON of the PIN and the text with it, sealed; only while it may still be sent. */
  sealed: Buffer | null;
}

export interface SecretRow {
  name: string;
  sealed: Buffer;
  updated_at: string;
}

export interface UserRow {
  id: number;
  version: number;
  username: string;
  username_key: string;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  user_group: string | null;
  description: string | null;
  phone: string | null;
  extension: string | null;
  backup_phone: string | null;
  backup_extension: string | null;
  method: string | null;
  mode: string | null;
  language_phone_call: string | null;
  language_text_message: string | null;
  language_mobile_app: string | null;
  language_oath_token: string | null;
  enabled: number;
  pin_hash: string | null;
  /** JSON array of earlier hashes, newest first; null when empty. */
  pin_history: string | null;
  pin_must_change: number;
  pin_set_at: string | null;
  may_change_phone: number | null;
  may_change_pin: number | null;
  when_disabled: string | null;
  /** JSON array of field names; null when empty. */
  local_fields: string | null;
  blocked_until: string | null;
  blocked_reason: string | null;
  blocked_at: string | null;
  blocked_by: string | null;
  locked_until: string | null;
  bypass_until: string | null;
  bypass_reason: string | null;
  bypass_by: string | null;
  source: string;
  directory_id: string | null;
  directory_dn: string | null;
  /** Digest of what the directory and the rules last gave; null after any edit here. */
  fingerprint: Buffer | null;
  last_synchronized_at: string | null;
  /** The synchronization item that the user belongs to; null for users that no item has found. */
  sync_item_id: number | null;
  /** `left` when no item finds them any more, `accountDisabled`; what synchronization has acted on already. */
  sync_absence: string | null;
  /** When that was acted on; without an absence, when a run first held something of the user. */
  sync_absent_since: string | null;
  /** When synchronization itself disabled the user; null when somebody else did or the user is enabled. */
  sync_disabled_at: string | null;
  /** `disabled` or `removed`: what waits for approval. */
  sync_held: string | null;
  last_authenticated_at: string | null;
  created_at: string;
  created_by: string;
  updated_at: string;
  updated_by: string;
  search_text: string;
}

/** FTS5 index over `users.search_text`. */
export interface UserSearchRow {
  rowid: number;
  users_search: string;
}

export interface SyncItemRow {
  id: number;
  position: number;
  name: string;
  /** The name as it is compared: see `usernameKey`. */
  name_key: string;
  enabled: number;
  /** JSON: selection, rules, leavers, removeAfterDays */
  definition: string;
  version: number;
  created_at: string;
  created_by: string;
  updated_at: string;
  updated_by: string;
}

export interface RunRow {
  id: number;
  purpose: string;
  state: string;
  dry_run: number;
  /** JSON of the selection and the rules. */
  request: string;
  /** JSON */
  counts: string;
  started_at: string;
  started_by: string;
  host: string;
  pid: number;
  heartbeat_at: string;
  finished_at: string | null;
  seconds: number | null;
  error_code: string | null;
  error_message: string | null;
  resumes: number | null;
}

export interface RunChangeRow {
  run_id: number;
  number: number;
  change: string;
  username: string | null;
  directory_id: string | null;
  reason: string | null;
  /** JSON of `{field: [old, new]}`; null when they stand in the audit event. */
  fields: string | null;
  /** The audit event of the change; null when nothing was written. */
  audit_sequence: number | null;
}

export interface LeaseRow {
  name: string;
  token: string;
  host: string;
  pid: number;
  held_by: string;
  purpose: string;
  acquired_at: string;
  heartbeat_at: string;
}

export interface AuditEventRow {
  sequence: number;
  at: string;
  actor: string;
  action: string;
  target: string | null;
  result: string;
  reason: string | null;
  /** JSON */
  details: string | null;
  hash: Buffer;
}

export interface AuditHeadRow {
  id: number;
  sequence: number;
  hash: Buffer;
  signature: Buffer;
}

export interface Tables {
  settings: SettingsRow;
  secrets: SecretRow;
  template_overrides: TemplateOverrideRow;
  mail_files: MailFileRow;
  outbox: OutboxRow;
  users: UserRow;
  users_search: UserSearchRow;
  sync_items: SyncItemRow;
  runs: RunRow;
  run_changes: RunChangeRow;
  leases: LeaseRow;
  audit_events: AuditEventRow;
  audit_head: AuditHeadRow;
}
