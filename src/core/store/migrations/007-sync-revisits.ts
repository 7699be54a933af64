/** Whom synchronization has to look at again although the directory says nothing new of them. */
export const syncRevisits = `
CREATE TABLE sync_revisits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  directory_id TEXT NOT NULL UNIQUE
) STRICT;
`;
