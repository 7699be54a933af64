import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openChunks, sealChunks } from '../../../src/core/backup/chunk-cipher.ts';

const key = Buffer.alloc(32, 3);
const context = Buffer.from('header');
const sealedChunk = 65_536 + 16;

function open(sealed: Buffer, boundTo = context): Buffer {
  return Buffer.concat([...openChunks(key, boundTo, [sealed])]);
}

describe('a sealed stream', () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 200_000])(
    'of %d bytes opens again, whatever the pieces',
    (length) => {
      const content = randomBytes(length);
      const pieces = [
        content.subarray(0, 70_000),
        content.subarray(70_000, 70_001),
        content.subarray(70_001),
      ];
      const sealed = Buffer.concat([...sealChunks(key, context, pieces)]);
      expect(open(sealed).equals(content)).toBe(true);
    },
  );

  const sealed = Buffer.concat([...sealChunks(key, context, [Buffer.alloc(3 * 65_536)])]);
  const chunk = (number: number) => sealed.subarray(number * sealedChunk, (number + 1) * sealedChunk);

  it.each([
    ['without its end', [0, 1]],
    ['with chunks in another order', [1, 0, 2]],
    ['with a chunk twice', [0, 0, 1, 2]],
    ['without a chunk', [0, 2]],
  ])('%s does not open', (_, order) => {
    expect(() => open(Buffer.concat(order.map(chunk)))).toThrow();
  });

  it('does not open in another context', () => {
    expect(() => open(sealed, Buffer.from('other'))).toThrow();
  });
});
