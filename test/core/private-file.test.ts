import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PrivateFile } from '../../src/core/private-file.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

describe('a private file', () => {
  it('has its name only when it is finished, and is for its owner only', () => {
    const path = join(temporaryFolder(), 'secret');
    using file = new PrivateFile(path);
    file.write('half');
    expect(existsSync(path)).toBe(false);
    file.write(Buffer.from(' and half'));
    file.finish();
    expect(readFileSync(path, 'utf8')).toBe('half and half');
    expect(file.bytes).toBe(13);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('that is not finished leaves what was there', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'secret');
    writeFileSync(path, 'old');
    const write = () => {
      using file = new PrivateFile(path);
      file.write('new');
      throw new Error('stopped');
    };
    expect(write).toThrow('stopped');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['secret']);
  });

  it('that cannot be written says what to do', () => {
    const path = join(temporaryFolder(), 'missing', 'secret');
    expect(() => new PrivateFile(path)).toThrowError(
      expect.objectContaining({ code: 'file.unwritable', advice: expect.stringContaining('folder') }),
    );
  });
});
