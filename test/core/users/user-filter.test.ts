import { describe, expect, it, test } from 'vitest';
import { parseUserFilter, writeFacet } from '../../../src/core/users/user-filter.ts';

const facet = (name: string, value: string, isNegative = false) => ({ name, value, isNegative });

describe('filters', () => {
  test.each([
    ['', [], []],
    ['   ', [], []],
    ['smith', ['smith'], []],
    ['  Müller  ADA ', ['muller', 'ada'], []],
    ['state:disabled', [], [facet('state', 'disabled')]],
    ['STATE:lockedout smith', ['smith'], [facet('state', 'lockedOut')]],
    ['-state:disabled', [], [facet('state', 'disabled', true)]],
    ['group:"All staff" ada', ['ada'], [facet('group', 'All staff')]],
    ['item:"All staff"', [], [facet('item', 'All staff')]],
    ['item:"The ""best"" staff" ada', ['ada'], [facet('item', 'The "best" staff')]],
    ['-group:Sales', [], [facet('group', 'Sales', true)]],
    ['has:phone enabled:no', [], [facet('has', 'phone'), facet('enabled', 'no')]],
    ['mode:otpPin', [], [facet('mode', 'otpPin')]],
    ['"state:disabled"', ['state:disabled'], []],
    ['"two words"', ['two', 'words'], []],
    ['-smith', ['-smith'], []],
    ['say "hello', ['say', '"hello'], []],
    ['+1425', ['+1425'], []],
    ['a\u0000b', ['a', 'b'], []],
    ['\u{1f600}x', ['\u{1f600}x'], []],
    ['10:30', ['10:30'], []],
  ])('reads %j', (text, words, facets) => {
    expect(parseUserFilter(text)).toEqual({ words, facets });
  });

  test.each(['All staff', 'The "best" staff', '"', 'a:b', '""'])(
    'reads a facet of %j as it was written',
    (value) => {
      expect(parseUserFilter(`ada ${writeFacet('item', value)} bob`)).toEqual({
        words: ['ada', 'bob'],
        facets: [facet('item', value)],
      });
    },
  );

  test.each([
    ['colour:red', 'has no "colour:"'],
    ['state:foo', 'cannot be "foo"'],
    ['state:', 'cannot be ""'],
    ['group:""', 'cannot be ""'],
    ['has:car', 'cannot be "car"'],
  ])('refuses %j and says what is possible', (text, message) => {
    expect(() => parseUserFilter(text)).toThrow(
      expect.objectContaining({ code: 'filter.invalid', message: expect.stringContaining(message) }),
    );
  });

  it('names the values of a facet', () => {
    expect(() => parseUserFilter('has:car')).toThrow(
      expect.objectContaining({ advice: 'It can be phone, email, pin, directory.' }),
    );
  });
});
