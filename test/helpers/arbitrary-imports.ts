import fc from 'fast-check';
import type { DirectoryUser } from '../../src/core/directory/directory.ts';
import { enableRules, type ImportRules } from '../../src/core/import/import-rules.ts';
import { person } from './directory-people.ts';

/** Few names in several spellings, so that they collide. */
const usernames = ['ada', 'Ada', 'ben', 'eve', 'ﬁona', 'FIONA'];
const phones = [undefined, '+14255550123', '+14255550124 x890', '(425) 555-0125', '12', 'front desk'];

/** A listing of up to seven people whose names, phones and places change between two that are drawn. */
export const arbitraryListing: fc.Arbitrary<DirectoryUser[]> = fc.uniqueArray(
  fc
    .record({
      name: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G'),
      username: fc.constantFrom(...usernames, null),
      folder: fc.constantFrom('Sales', 'Research'),
      firstName: fc.constantFrom(null, 'Ada', 'Jürgen'),
      email: fc.constantFrom(null, 'one@contoso.test', 'two@contoso.test'),
      mobile: fc.constantFrom(...phones),
      home: fc.constantFrom(...phones),
      languagePhoneCall: fc.constantFrom(null, 'de', 'fr'),
      isAccountEnabled: fc.boolean(),
    })
    .map(({ name, folder, mobile, home, ...rest }) =>
      person(name, {
        ...rest,
        dn: `CN=${name},OU=${folder},DC=memory,DC=contoso,DC=test`,
        phones: { ...(mobile && { mobile }), ...(home && { home }) },
      }),
    ),
  { selector: ({ directoryId }) => directoryId, maxLength: 7 },
);

export const arbitraryRules: fc.Arbitrary<Partial<ImportRules>> = fc.record(
  {
    addNew: fc.boolean(),
    updateExisting: fc.boolean(),
    takeOver: fc.boolean(),
    phone: fc.constantFrom('mobile', 'home', 'none'),
    backupPhone: fc.constantFrom('home', 'none'),
    enable: fc.constantFrom(...enableRules),
    method: fc.constantFrom(null, 'phoneCall', 'oathToken'),
    methodPolicy: fc.constantFrom('setOnce', 'keepInStep'),
    languagePhoneCall: fc.constantFrom(null, 'en'),
    languagePolicy: fc.constantFrom('setOnce', 'keepInStep'),
  },
  { requiredKeys: [] },
);

/** Something that an administrator does with a user between two imports. */
export interface LocalEdit {
  username: string;
  what: 'email' | 'username' | 'keepUsername' | 'phone' | 'disable' | 'remove' | 'add';
}

export const arbitraryEdits: fc.Arbitrary<LocalEdit[]> = fc.array(
  fc.record({
    username: fc.constantFrom('ada', 'ben', 'eve', 'fiona'),
    what: fc.constantFrom('email', 'username', 'keepUsername', 'phone', 'disable', 'remove', 'add'),
  }),
  { maxLength: 4 },
);
