/** Files that go along with mails, by what they hold. */
export const mailFiles = `
CREATE TABLE mail_files (
  sha256 TEXT PRIMARY KEY,
  content BLOB NOT NULL
) STRICT;
`;
