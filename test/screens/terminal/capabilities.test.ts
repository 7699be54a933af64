import { describe, expect, test } from 'vitest';
import { detectCapabilities, type TerminalCapabilities } from '../../../src/screens/terminal/capabilities.ts';

function detect(env: Record<string, string>, platform = 'linux', asked = {}): TerminalCapabilities {
  const output = { isTTY: true, columns: 132, rows: 43 };
  return detectCapabilities({ env, input: { isTTY: true }, output, platform, ...asked });
}

describe('capabilities', () => {
  test.each([
    ['an xterm with UTF-8', { TERM: 'xterm-256color', LANG: 'en_US.UTF-8' }, 16, false],
    ['NO_COLOR', { TERM: 'xterm', NO_COLOR: '1' }, 0, false],
    ['an empty NO_COLOR', { TERM: 'xterm', NO_COLOR: '' }, 16, false],
    ['a dumb terminal', { TERM: 'dumb' }, 0, true],
    ['no TERM', {}, 0, true],
    ['the Linux console', { TERM: 'linux' }, 16, true],
    ['a VT100', { TERM: 'vt100' }, 0, true],
    ['a locale without UTF-8', { TERM: 'xterm', LC_ALL: 'C' }, 16, true],
    ['ASCII that was asked for', { TERM: 'xterm', MFA_CONSOLE_ASCII: '1' }, 16, true],
    ['ASCII that was declined', { TERM: 'linux', MFA_CONSOLE_ASCII: '0' }, 16, false],
  ])('of %s', (_, env, colours, needsAscii) => {
    expect(detect(env)).toMatchObject({ colours, needsAscii });
  });

  test('do not follow TERM on Windows, where it is unset in a local console', () => {
    expect(detect({}, 'win32')).toMatchObject({ colours: 16, needsAscii: false, isWindows: true });
  });

  test('yield to the command line', () => {
    expect(detect({ TERM: 'xterm' }, 'linux', { ascii: true, colour: false })).toMatchObject({
      colours: 0,
      needsAscii: true,
    });
  });

  test('give a lone ESC more time over SSH, and as much as was asked for', () => {
    expect(detect({ TERM: 'xterm' }).escapeTimeoutMs).toBe(50);
    expect(detect({ TERM: 'xterm', SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }).escapeTimeoutMs).toBe(100);
    expect(detect({ TERM: 'xterm', MFA_CONSOLE_ESCAPE_MS: '300' }).escapeTimeoutMs).toBe(300);
  });

  test('have the size of the terminal, or 80x24', () => {
    expect(detect({})).toMatchObject({ columns: 132, rows: 43, isInteractive: true });
    const unknown = detectCapabilities({ env: {}, input: {}, output: {}, platform: 'linux' });
    expect(unknown).toMatchObject({ columns: 80, rows: 24, isInteractive: false });
  });
});
