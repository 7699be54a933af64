import * as z from 'zod';

/**
 * Lets every schema say what is wrong in the words of this program, as the end of a sentence: "must be 5 or more". What a
 * schema says by itself comes first.
 */
export function speakInOurWords(): void {
  z.config({ customError: wordsOf });
}

type Issue = Parameters<NonNullable<ReturnType<typeof z.config>['customError']>>[0];

/** Undefined leaves it to the library. */
function wordsOf(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'too_small':
      return bound(issue.origin, Number(issue.minimum), 'or more', 'at least');
    case 'too_big':
      return bound(issue.origin, Number(issue.maximum), 'or less', 'at most');
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${String(issue.values[0])}`
        : `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return issue.format === 'email' ? 'must be an e-mail address' : undefined;
    case 'invalid_type':
      return typeWords[issue.expected];
    default:
      return undefined;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be yes or no',
  string: 'must be text',
};

/** A limit of a number, or of how long something is. */
function bound(origin: string, limit: number, ofNumbers: string, ofLengths: string): string | undefined {
  if (origin === 'number' || origin === 'int') return `must be ${limit} ${ofNumbers}`;
  if (origin === 'string')
    return `must have ${ofLengths} ${limit === 1 ? '1 character' : `${limit} characters`}`;
  return origin === 'array' ? `must name ${ofLengths} ${limit}` : undefined;
}
