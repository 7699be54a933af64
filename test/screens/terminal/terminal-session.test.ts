import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import type { InputEvent } from '../../../src/screens/terminal/input-event.ts';
import { type SessionLoss, TerminalSession } from '../../../src/screens/terminal/terminal-session.ts';

class FakeInput extends EventEmitter {
  isRaw = false;
  setRawMode = (isRaw: boolean) => {
    this.isRaw = isRaw;
  };
  resume = () => {};
  pause = () => {};
}

class FakeOutput extends EventEmitter {
  readonly columns = 80;
  readonly rows = 24;
  written = '';
  fails = false;
  write(text: string): boolean {
    if (this.fails) throw new Error('EIO');
    this.written += text;
    return true;
  }
}

class FakeProcess extends EventEmitter {
  exitCode: number | undefined;
  exit(code?: number): void {
    this.exitCode = code;
  }
}

function openSession() {
  const input = new FakeInput();
  const output = new FakeOutput();
  const process = new FakeProcess();
  const events: InputEvent[] = [];
  const losses: SessionLoss[] = [];
  const session = new TerminalSession({
    input,
    output,
    process,
    capabilities: {
      isInteractive: true,
      columns: 80,
      rows: 24,
      colours: 16,
      needsAscii: false,
      isOverSsh: false,
      isWindows: false,
      escapeTimeoutMs: 50,
    },
    onInput: (some) => events.push(...some),
    onLoss: (loss) => losses.push(loss),
  });
  session.open();
  return { input, output, process, session, events, losses };
}

const restored = /\x1b\[\?2004l.*\x1b\[\?7h\x1b\[\?25h\x1b\[\?1049l$/;

describe('a terminal session', () => {
  test.each([
    ['the end of standard input', 'end', 129],
    ['a closed standard input', 'close', 129],
    ['an error of standard input', 'error', 129],
  ])('restores the terminal and ends after %s', (_, event, exitCode) => {
    const { input, output, process, losses } = openSession();
    expect(input.isRaw).toBe(true);
    input.emit(event, new Error('EIO'));
    expect(output.written).toMatch(restored);
    expect(input.isRaw).toBe(false);
    expect(process.exitCode).toBe(exitCode);
    expect(losses).toEqual([{ kind: 'hangup' }]);
  });

  test.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGBREAK', 149],
  ])('restores the terminal on %s', (signal, exitCode) => {
    const { output, process } = openSession();
    process.emit(signal);
    expect(output.written).toMatch(restored);
    expect(process.exitCode).toBe(exitCode);
  });

  test.each(['uncaughtException', 'unhandledRejection'])('restores the terminal on %s', (event) => {
    const { output, process, losses } = openSession();
    const error = new Error('broken');
    process.emit(event, error);
    expect(output.written).toMatch(restored);
    expect(losses).toEqual([{ kind: 'crash', error }]);
    expect(process.exitCode).toBe(1);
  });

  test('restores the terminal when the process exits, and only once', () => {
    const { output, process, session } = openSession();
    process.emit('exit');
    session.close();
    process.emit('SIGTERM');
    expect(output.written.match(/\x1b\[\?1049l/g)).toHaveLength(1);
    expect(process.exitCode).toBeUndefined();
  });

  test('ends when the terminal can no longer be written', () => {
    const { output, process } = openSession();
    output.fails = true;
    output.emit('error', new Error('EIO'));
    expect(process.exitCode).toBe(129);
  });

  test('writes no late frame onto the restored screen', () => {
    const { output, session } = openSession();
    session.close();
    session.screen.write('late');
    session.screen.flush();
    expect(output.written).not.toContain('late');
  });

  test('takes a lone ESC as Escape after its timeout', () => {
    vi.useFakeTimers();
    try {
      const { input, events } = openSession();
      input.emit('data', Buffer.from('\x1b'));
      vi.advanceTimersByTime(49);
      expect(events).toEqual([]);
      vi.advanceTimersByTime(1);
      expect(events).toEqual([{ type: 'key', chord: 'escape', text: '' }]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('takes the terminal over again when it is continued after a stop', () => {
    const { input, output, process, events } = openSession();
    input.isRaw = false;
    output.written = '';
    process.emit('SIGCONT');
    expect(input.isRaw).toBe(true);
    expect(output.written).toContain('\x1b[?1049h');
    expect(events).toEqual([{ type: 'key', chord: 'ctrl+l', text: '' }]);
  });
});
