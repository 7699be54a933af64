import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { everyTable, keysFile } from '../../../scripts/keys-document.ts';
import { keysDocument } from '../../../src/screens/commands/generated-help.ts';

const tables = await everyTable();
const all = tables.flat();

/** Keys that some terminals cannot send, or send as something else. */
const unreliable = /^f\d+$|alt\+|insert|ctrl\+(\d|up|down|left|right|enter|space|shift)|shift\+(?!tab)/;

describe('the tables of commands', () => {
  test('are all found', () => {
    const scopes = new Set(all.map(({ scope }) => scope));
    for (const scope of ['Everywhere', 'Sections', 'Users', 'Status', 'Lists', 'Trees', 'Forms', 'Dialogs']) {
      expect(scopes).toContain(scope);
    }
  });

  test('have unique ids', () => {
    const ids = all.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test.each(all.map((command) => [command.id, command] as const))(
    '%s is reached by a key of every terminal',
    (_, command) => {
      const isForConvenience = command.scope === 'Text fields' && command.id.includes('word');
      if (isForConvenience || command.keys.length === 0) return;
      expect(command.keys.filter((key) => !unreliable.test(key))).not.toEqual([]);
    },
  );

  test('are what the document of keys says; "npm run keys" writes it', () => {
    expect(readFileSync(keysFile, 'utf8')).toBe(keysDocument(tables));
  });
});
