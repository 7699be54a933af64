import { describe, expect, test } from 'vitest';
import { MfaError } from '../../../src/core/errors.ts';
import type { BulkResult } from '../../../src/core/users/bulk.ts';
import {
  addResults,
  nothingYet,
  type Outcome,
  outcomeText,
} from '../../../src/screens/users/bulk/outcome.ts';

describe('what became of many users', () => {
  test.each<[Partial<Outcome>, string]>([
    [{ changed: 1, only: 'ada' }, 'ada is disabled.'],
    [{ changed: 2000 }, '2,000 users are disabled.'],
    [{ changed: 2, unchanged: 1 }, '2 users are disabled, 1 already was.'],
    [{ unchanged: 3 }, 'Nobody was disabled: 3 already were.'],
    [{ changed: 0, gone: 1 }, 'Nobody was disabled: 1 is gone.'],
    [{ changed: 5, notTried: 1500 }, '5 users are disabled, 1,500 not tried.'],
    [{ changed: 1, only: 'ada', failures: [{ username: 'b', sentence: 'x' }] }, 'ada is disabled, 1 failed.'],
  ])('%j is "%s"', (changes, text) => {
    expect(outcomeText({ ...nothingYet, ...changes }, 'disabled')).toBe(text);
  });

  test('is added up over batches; only one changed user is called by name', () => {
    const changed = (username: string): BulkResult => ({
      username,
      result: { user: {} as never, changed: true, fields: {} },
    });
    const same: BulkResult = { username: 'eve', result: { user: {} as never, changed: false, fields: {} } };
    const failed: BulkResult = {
      username: 'mallory',
      error: new MfaError('user.notFound', 'There is no mallory.', { advice: 'Look again.' }),
    };
    const stopped: BulkResult = { username: 'z', error: new MfaError('run.cancelled', 'Stopped.') };
    const first = addResults(nothingYet, [same, changed('ada')]);
    expect(first).toMatchObject({ changed: 1, only: 'ada', unchanged: 1 });
    const second = addResults(first, [failed, stopped]);
    expect(second).toMatchObject({
      only: 'ada',
      failures: [{ username: 'mallory', sentence: 'There is no mallory. Look again.' }],
      notTried: 1,
    });
    expect(addResults(second, [changed('bob')])).toMatchObject({ changed: 2, only: null });
  });
});
