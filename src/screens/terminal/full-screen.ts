import { PassThrough } from 'node:stream';
import { type Instance, render } from 'ink';
import type { ReactElement } from 'react';
import type { TerminalCapabilities } from './capabilities.ts';
import type { InputEvent } from './input-event.ts';
import type { TerminalStream } from './terminal-output.ts';
import {
  type KeyStream,
  type SessionLoss,
  type SessionProcess,
  TerminalSession,
} from './terminal-session.ts';

export interface FullScreenOptions {
  readonly capabilities: TerminalCapabilities;
  /** Frames a second at most; 5 suits a slow link. */
  readonly maxFps: number;
  /** Linear output without the alternate screen. */
  readonly isForScreenReader?: boolean | undefined;
  readonly input?: KeyStream;
  readonly output?: TerminalStream;
  readonly process?: SessionProcess;
  onInput(events: readonly InputEvent[]): void;
  onLoss?(loss: SessionLoss): void;
  /** Called after each drawn frame with the milliseconds that Ink needed to lay it out. */
  onFrame?(renderMs: number): void;
}

/** A running full-screen program. Keys arrive at `onInput`; what is drawn is the element it was started with. */
export interface FullScreen {
  readonly session: TerminalSession;
  /** Draws everything anew. */
  redraw(): void;
  /** Ends the program; `closed` resolves with the value after the terminal was restored. */
  close(exitCode: number): void;
  readonly closed: Promise<number>;
}

/**
 * Draws an element on the whole terminal. Ink gets an input that never speaks: keys are decoded beside it,
 * because its own decoder loses keys that arrive in one packet.
 */
export function openFullScreen(
  draw: (screen: FullScreen) => ReactElement,
  options: FullScreenOptions,
): FullScreen {
  let ink: Instance | undefined;
  const { promise: closed, resolve, reject } = Promise.withResolvers<number>();
  const session = new TerminalSession({
    input: options.input ?? process.stdin,
    output: options.output ?? process.stdout,
    process: options.process ?? process,
    capabilities: options.capabilities,
    keepsMainScreen: options.isForScreenReader,
    onInput: options.onInput,
    onClose: () => ink?.unmount(),
    ...(options.onLoss && { onLoss: options.onLoss }),
  });
  const screen: FullScreen = {
    session,
    closed,
    redraw() {
      session.clearScreen();
      ink?.clear();
      // Ink draws at once when the size may have changed, even if the frame is the one it knows.
      session.screen.emit('resize');
    },
    close(exitCode) {
      session.close();
      resolve(exitCode);
    },
  };
  session.open();
  ink = render(draw(screen), {
    stdout: session.screen as unknown as NodeJS.WriteStream,
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    // The session owns the alternate screen, because Ink knows only some of the ways out.
    alternateScreen: false,
    incrementalRendering: true,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: options.maxFps,
    isScreenReaderEnabled: options.isForScreenReader === true,
    ...(options.onFrame && { onRender: ({ renderTime }) => options.onFrame?.(renderTime) }),
  });
  // Ink ends by itself only when drawing failed.
  ink.waitUntilExit().catch((error: unknown) => {
    session.close();
    reject(error);
  });
  return screen;
}
