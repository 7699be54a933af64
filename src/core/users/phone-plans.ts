import { Metadata } from 'libphonenumber-js/min';

/**
 * A second, quick way to see that a number is valid, for imports: the library needs some 11 us for each, most
 * of it to build again what it built for the number before. This keeps the library's numbering plans with
 * their patterns compiled, and takes the library's steps for numbers in international form (parse.js,
 * getCountryByCallingCode.js, isValid.js). It only ever says "valid"; everything else is the library's to judge.
 */
export function isKnownGood(callingCode: string, nationalNumber: string): boolean {
  const plans = plansOf(callingCode);
  const first = plans[0];
  if (first === undefined || first.nationalPrefix?.test(nationalNumber)) return false;
  if (plans.length === 1) return first.isValid(nationalNumber);
  for (const plan of plans) {
    if (plan.leadingDigits === undefined) {
      if (plan.isValid(nationalNumber)) return true;
    } else if (plan.leadingDigits.test(nationalNumber)) {
      return plan.isValid(nationalNumber);
    }
  }
  return false;
}

/** The calling code that the digits after `+` start with: they are prefix-free, of one to three digits. */
export function callingCodeOf(digits: string): string | undefined {
  for (let length = 1; length <= 3; length += 1) {
    const code = digits.slice(0, length);
    if (plansOf(code).length > 0) return code;
  }
  return undefined;
}

interface Plan {
  /** What may be dialled before a number within the country; such numbers are left to the library. */
  nationalPrefix: RegExp | undefined;
  /** Tells the countries of one calling code apart. */
  leadingDigits: RegExp | undefined;
  isValid(nationalNumber: string): boolean;
}

/** The parts of the library's numbering plan that its type declarations leave out. */
interface NumberType {
  pattern(): string;
  possibleLengths(): number[] | undefined;
}
interface FullNumberingPlan {
  nationalNumberPattern(): string;
  nationalPrefixForParsing(): string | undefined;
  leadingDigits(): string | undefined;
  hasTypes(): boolean;
  type(name: string): NumberType | undefined;
}
interface FullMetadata {
  getCountryCodesForCallingCode(callingCode: string): string[] | undefined;
  selectNumberingPlan(country: string): void;
  numberingPlan: FullNumberingPlan;
}

const typeNames = [
  'FIXED_LINE',
  'MOBILE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
];

const metadata = new Metadata() as unknown as FullMetadata;
const known = new Map<string, readonly Plan[]>();

/** The plans of the countries that share a calling code, in the library's order; none for an unknown code. */
function plansOf(callingCode: string): readonly Plan[] {
  let plans = known.get(callingCode);
  if (plans === undefined) {
    plans = (metadata.getCountryCodesForCallingCode(callingCode) ?? []).map(planOf);
    known.set(callingCode, plans);
  }
  return plans;
}

function planOf(country: string): Plan {
  metadata.selectNumberingPlan(country);
  const plan = metadata.numberingPlan;
  const whole = entirely(plan.nationalNumberPattern());
  const types = plan.hasTypes()
    ? typeNames
        .map((name) => plan.type(name))
        .filter((type) => type?.pattern())
        .map((type) => ({ pattern: entirely(type?.pattern() ?? ''), lengths: type?.possibleLengths() }))
    : undefined;
  const prefix = plan.nationalPrefixForParsing();
  const leading = plan.leadingDigits();
  return {
    nationalPrefix: prefix ? new RegExp(`^(?:${prefix})`) : undefined,
    leadingDigits: leading ? new RegExp(`^(?:${leading})`) : undefined,
    isValid: (number) =>
      whole.test(number) &&
      (types === undefined ||
        types.some((type) => type.lengths?.includes(number.length) !== false && type.pattern.test(number))),
  };
}

function entirely(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}
