/** Mail templates that an administrator wrote in the place of built-in ones. */
export const templateOverrides = `
CREATE TABLE template_overrides (
  name TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
