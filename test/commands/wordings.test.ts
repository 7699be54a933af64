import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../helpers/run-command.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

let folder = '';
const wordings = (args: readonly string[], input?: string) =>
  runCommand(join(folder, 'data'), ['wordings', ...args], input);

beforeEach(() => {
  folder = temporaryFolder();
});

describe('mfa-console wordings', () => {
  it('edits, previews and resets what a text message says', async () => {
    const key = ['textMessage', 'oneWayOtp', 'de'];
    const edited = await wordings(
      ['edit', ...key, '--text-file', '-'],
      'Ihr Code für <$application_name$>: <$otp$>\n',
    );
    expect(edited).toMatchObject({ exitCode: 0, stdout: 'textMessage/oneWayOtp/de was changed.\n' });
    expect(await wordings(['preview', ...key, '--application', 'VPN'])).toMatchObject({
      stdout: 'Ihr Code für VPN: 482916\n',
      stderr: '24 characters in GSM-7, sent in 1 part.\n',
    });
    const listed = await wordings(['list', '--edited', '--json']);
    expect(listed.json).toMatchObject({ wordings: [{ language: 'de', isEdited: true }], version: 1 });
    const late = await wordings(['edit', ...key, '--text', '<$otp$>', '--if-version', '0', '--json']);
    expect(late).toMatchObject({ exitCode: 5, json: { error: { code: 'settings.changed' } } });
    await wordings(['reset', ...key]);
    const [counts, builtIn] = [
      await wordings(['show', ...key]),
      await wordings(['show', ...key, '--built-in']),
    ];
    expect(counts.stdout).toBe(builtIn.stdout);
    expect(await wordings(['list', '--edited'])).toMatchObject({ stdout: 'All wordings are built in.\n' });
  });

  it.each([
    [['edit', 'textMessage', 'oneWayOtp', 'en', '--text', 'no code'], 'wording.invalid', 2],
    [['edit', 'textMessage', 'oneWayOtp', 'en'], 'usage.invalid', 2],
    [['show', 'textMessage', 'pin', 'en'], 'wording.unknown', 4],
    [['preview', 'oathToken', 'otp', 'xx'], 'wording.unknown', 4],
  ])('%j is refused as %s', async (args, code, exitCode) => {
    expect(await wordings([...args, '--json'])).toMatchObject({ exitCode, json: { error: { code } } });
  });
});
