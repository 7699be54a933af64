import { baseDn, domain, type Unit, units } from './company.ts';
import { type Name, officeOf } from './offices.ts';

/** A person of the sample company by the attributes of Active Directory; absent ones are left out. */
export interface SamplePerson {
  sAMAccountName: string;
  containerDn: string;
  attributes: Record<string, string>;
  isDisabled: boolean;
  /** The security group of the person's unit. */
  group: string | null;
}

/**
 * Everybody, always the same. Every so many people one has something that real directories are full of: no
 * mobile phone, no phone at all, a number that nobody can call, no e-mail, no user principal name.
 */
export function inventPeople(): SamplePerson[] {
  const taken = new Map<string, number>();
  const people: SamplePerson[] = [];
  for (const unit of units) {
    for (let place = 0; place < unit.people; place += 1) {
      people.push(inventPerson(people.length, unit, taken));
    }
  }
  return [...people, ...exceptionalPeople(taken)];
}

const uncallable = ['555', 'on request', '+49 000', '+1 425-555', 'n/a', '+99 1234 5678'];

function inventPerson(index: number, unit: Unit, taken: Map<string, number>): SamplePerson {
  const office = officeOf(index);
  const given = pick(office.givenNames, index);
  const surname = pick(office.surnames, index * 7 + Math.floor(index / office.givenNames.length));
  const account = freeAccountName(given, surname, taken);
  const every = (count: number, offset: number) => index % count === offset;
  const hasPhones = !every(29, 7);
  const hasMobile = hasPhones && !every(11, 5);
  return {
    sAMAccountName: account,
    containerDn: `${unit.path},${baseDn}`,
    attributes: {
      ...names(written(given), written(surname), office.country === 'JP'),
      ...(every(43, 17) ? {} : { userPrincipalName: `${account}@${domain}` }),
      ...(every(41, 13) ? {} : { mail: `${account}@contoso.test` }),
      ...(hasPhones ? { telephoneNumber: office.business(index) } : {}),
      ...(hasMobile
        ? { mobile: every(37, 3) ? (uncallable[index % uncallable.length] ?? '') : office.mobile(index) }
        : {}),
      ...(hasPhones && every(17, 2) ? { homePhone: office.business(400 + index) } : {}),
      title: unit.title,
      department: departmentOf(unit),
      company: 'Contoso',
      l: office.city,
      c: office.country,
      preferredLanguage: office.language,
      employeeID: String(10_001 + index),
    },
    isDisabled: unit.isDisabled === true || every(31, 9),
    group: unit.group ?? null,
  };
}

/** People who are there for one reason each. */
function exceptionalPeople(taken: Map<string, number>): SamplePerson[] {
  const person = (
    unit: string,
    given: string,
    surname: string,
    attributes: Record<string, string>,
  ): SamplePerson => {
    const account = freeAccountName(given, surname, taken);
    return {
      sAMAccountName: account,
      containerDn: `${unit},${baseDn}`,
      attributes: {
        ...names(given, surname, false),
        userPrincipalName: `${account}@${domain}`,
        mail: `${account}@contoso.test`,
        company: 'Contoso',
        ...attributes,
      },
      isDisabled: false,
      group: null,
    };
  };
  return [
    person('OU=Sales', 'Jane', 'Doe', {
      mobile: '+1 206-555-0198',
      description: 'Shares her name with one in Finance',
    }),
    person('OU=Finance', 'Jane', 'Doe', {
      mobile: '+1 206-555-0199',
      description: 'Shares her name with one in Sales',
    }),
    person('OU=Sales', 'Jane', 'Doe', {
      mobile: '+1 206-555-0197',
      description: 'The third of the same name',
    }),
    person('OU=Legal', 'Martin Luther', 'King, Jr.', { mobile: '+1 253-555-0196' }),
    person('OU=Marketing', 'Anne-Marie', 'Łukasiewicz', { mobile: '+48 512 345 678' }),
    person('OU=Marketing', 'Robert', '*(Bobby)\\ Tables', { mobile: '+1 360-555-0195' }),
    person('OU=Executive', 'Catherine', 'Featherstonehaugh', { telephoneNumber: '+44 20 7946 0123 x890' }),
  ];
}

function pick<Item>(list: readonly Item[], index: number): Item {
  const item = list[index % list.length];
  if (item === undefined) throw new RangeError('There is nothing to pick from.');
  return item;
}

function written(name: Name): string {
  return typeof name === 'string' ? name : name[0];
}

function names(given: string, surname: string, isSurnameFirst: boolean) {
  const displayName = isSurnameFirst ? `${surname} ${given}` : `${given} ${surname}`;
  return { givenName: given, sn: surname, displayName };
}

/** Initial and surname in ASCII letters; from the second person on with a number. At most 20 characters. */
function freeAccountName(given: Name, surname: Name, taken: Map<string, number>): string {
  const wish = `${latin(given).charAt(0)}${latin(surname)}`.slice(0, 18);
  const count = (taken.get(wish) ?? 0) + 1;
  taken.set(wish, count);
  return count === 1 ? wish : `${wish}${count}`;
}

const spelledOut: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', ł: 'l' };

function latin(name: Name): string {
  const text = (typeof name === 'string' ? name : name[1]).toLowerCase();
  return text
    .replace(/[äöüßł]/g, (letter) => spelledOut[letter] ?? letter)
    .normalize('NFKD')
    .replace(/[^a-z]/g, '');
}

/** The OU directly below the base DN. */
function departmentOf(unit: Unit): string {
  return (unit.path.split(',').at(-1) ?? '').replace('OU=', '');
}
