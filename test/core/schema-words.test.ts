import { expect, test } from 'vitest';
import * as z from 'zod';
import { speakInOurWords } from '../../src/core/schema-words.ts';

speakInOurWords();

test.each([
  [z.number().int().min(1).max(1440), 0, 'must be 1 or more'],
  [z.number().int().min(1).max(1440), 1441, 'must be 1440 or less'],
  [z.number().int(), 1.5, 'must be a whole number'],
  [z.number(), 'x', 'must be a number'],
  [z.boolean(), 'perhaps', 'must be yes or no'],
  [z.string(), 5, 'must be text'],
  [z.string().max(2), 'abc', 'must have at most 2 characters'],
  [z.string().min(1), '', 'must have at least 1 character'],
  [z.array(z.string()).min(2), ['a'], 'must name at least 2'],
  [z.enum(['leave', 'disable']), 'x', 'must be one of leave, disable'],
  [z.literal('other'), 'x', 'must be other'],
  [z.email(), 'x', 'must be an e-mail address'],
  [z.string().max(2, 'must be short'), 'abc', 'must be short'],
  [z.iso.date(), 'x', 'Invalid ISO date'],
])('a value that a schema does not take is told in our words (%#)', (schema, value, words) => {
  expect(schema.safeParse(value).error?.issues[0]?.message).toBe(words);
});
