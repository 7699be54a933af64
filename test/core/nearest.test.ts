import { expect, it } from 'vitest';
import { nearest } from '../../src/core/nearest.ts';

const words = ['defaultCountry', 'defaultMethod', 'pinHistory'];

it.each([
  ['defaultcountry', 'defaultCountry'],
  ['defaultMetod', 'defaultMethod'],
  ['pinhist', 'pinHistory'],
  ['zebra', undefined],
  ['', undefined],
])('%j means %j', (word, expected) => {
  expect(nearest(word, words)).toBe(expected);
});
