const givenNames = [
  'Anna',
  'Bob',
  'Chloé',
  'David',
  'Emma',
  'Farid',
  'Grace',
  'Jürgen',
  'Kim',
  'Łukasz',
  'Mei',
  'Omar',
];
const surnames = [
  'Adams',
  'Brown',
  "O'Neil",
  'Müller',
  'Novák',
  'Okafor',
  'Silva',
  'Tanaka',
  'van der Berg',
  'Wong',
  'Zhang',
];

/** A person as every test directory describes one: the same index always gives the same person. */
export interface Person {
  readonly login: string;
  readonly givenName: string;
  readonly surname: string;
  readonly displayName: string;
  readonly mail: string;
  readonly telephoneNumber: string;
  readonly mobile: string;
}

/**
 * Invents person number `index`. Logins are `<prefix><index>` with at least five digits (AD allows 20 characters for
 * a sAMAccountName); names repeat, as they do in a company, and some are not ASCII.
 */
export function inventPerson(index: number, prefix = 'user', mailDomain = 'contoso.test'): Person {
  const digits = String(index).padStart(5, '0');
  const givenName = givenNames[index % givenNames.length] ?? '';
  const surname = surnames[Math.floor(index / givenNames.length) % surnames.length] ?? '';
  return {
    login: `${prefix}${digits}`,
    givenName,
    surname,
    displayName: `${givenName} ${surname}`,
    mail: `${prefix}${digits}@${mailDomain}`,
    telephoneNumber: `+49 30 90${digits}`,
    mobile: `+49 1512 35${digits}`,
  };
}
