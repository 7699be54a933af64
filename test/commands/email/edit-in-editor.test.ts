import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MailTemplates } from '../../../src/core/email/templates/mail-templates.ts';
import { parseTemplateKey } from '../../../src/core/email/templates/template-key.ts';
import { program } from '../../helpers/run-command.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { startInPty } from '../../screens/helpers/pty.ts';

const words = ['phoneCall', 'pin', 'newUser', 'en'] as const;

/** Edits a template in a terminal, with a shell script as the editor; resolves when the command has ended. */
async function editWith(script: string, { variable = 'EDITOR', args = '' } = {}) {
  const folder = temporaryFolder();
  const core = temporaryCore({ folder });
  const editor = join(folder, 'my editor');
  writeFileSync(editor, `#!/bin/sh\n${script}\n`, { mode: 0o700 });
  const env = {
    MFA_CONSOLE_DATA: folder,
    TMPDIR: temporaryFolder(),
    [variable]: `"${editor}"${args}`,
  };
  const command = [process.execPath, program, 'email', 'templates', 'edit', ...words];
  const terminal = startInPty(command, { columns: 200, env });
  onTestFinished(() => terminal.dispose());
  const screen = await terminal.waitFor(/left \d+[\s\S]*modes (as before|changed)/);
  const exitCode = Number(/left (\d+)/.exec(screen)?.[1]);
  const template = new MailTemplates(core).load(parseTemplateKey(words));
  return { screen, exitCode, template };
}

describe('the editor of the administrator', () => {
  test.each([
    ['EDITOR', ''],
    ['VISUAL', ' --wait'],
  ])('in %s%s gets the plain text, and what it leaves is saved', async (variable, args) => {
    const script = `for file; do :; done; sed -i 's/^Hello/Good morning/' "$file"`;
    const { screen, exitCode, template } = await editWith(script, { variable, args });
    expect(screen).toContain('Changed phoneCall/pin/newUser/en: text.');
    expect(screen).toContain('modes as before');
    expect(exitCode).toBe(0);
    expect(template).toMatchObject({ version: 1, source: { html: 'fromText' } });
    expect(template.source.text).toMatch(/^Good morning/);
  });

  test('may be left without a change', async () => {
    const { screen, exitCode, template } = await editWith('true');
    expect(screen).toContain('The template already says this.');
    expect(exitCode).toBe(0);
    expect(template.version).toBe(0);
  });

  test('leaves a text that cannot be saved in a file that is named', async () => {
    const { screen, exitCode, template } = await editWith(`echo 'Hello <$pim$>' > "$1"`);
    expect(screen).toContain('unknown variable "pim" at line 1, column 9');
    const [, file = ''] = /kept in (\S+);/.exec(screen) ?? [];
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('Hello <$pim$>\n');
    expect(exitCode).toBe(2);
    expect(template.version).toBe(0);
  });

  test('that fails changes nothing', async () => {
    const { screen, exitCode, template } = await editWith('exit 3');
    expect(screen).toContain('Nothing was saved');
    expect(exitCode).toBe(2);
    expect(template.version).toBe(0);
  });
});
