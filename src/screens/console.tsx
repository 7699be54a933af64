import { existsSync } from 'node:fs';
import { openCore } from '../core/core.ts';
import { locateDataDirectory } from '../core/data-directory.ts';
import { MfaError } from '../core/errors.ts';
import { offerFirstSteps } from './first-run/offer.ts';
import { sections } from './sections.ts';
import { ConsoleView } from './shell/console-view.tsx';
import { createShell } from './shell/shell.ts';
import { detectCapabilities } from './terminal/capabilities.ts';
import { openFullScreen } from './terminal/full-screen.ts';
import { selectTheme, ThemeProvider } from './theme/theme.ts';

const themeNames = { standard: 'standard', 'high-contrast': 'highContrast', none: 'none' } as const;

/** As the command line has them; what is left out is found out from the environment. */
export interface ConsoleOptions {
  readonly data?: string;
  /** Nothing may be changed. */
  readonly readOnly?: boolean;
  /** Lines and blocks as `+ - |`. */
  readonly ascii?: boolean;
  readonly color?: boolean;
  readonly theme?: keyof typeof themeNames;
  /** 5 frames a second, for a slow link. */
  readonly slow?: boolean;
  /** Linear output without the alternate screen. */
  readonly screenReader?: boolean;
}

/**
 * Runs the console on the terminal of this process until it is left.
 * @returns the exit code
 * @throws {MfaError} `store.*`, `masterKey.*` before anything was drawn
 */
export async function runConsole(options: ConsoleOptions): Promise<number> {
  const { readOnly: isReadOnly = false, theme: themeName = 'standard' } = options;
  const dataDirectory = locateDataDirectory(options.data, process.env);
  if (isReadOnly && !existsSync(dataDirectory.database)) {
    throw new MfaError('store.notFound', `There is no database at ${dataDirectory.database}.`, {
      advice: 'Start without --read-only to make one, or name the data directory with --data.',
    });
  }
  const core = openCore({ dataDirectory });
  try {
    const capabilities = detectCapabilities({
      env: process.env,
      input: process.stdin,
      output: process.stdout,
      platform: process.platform,
      ascii: options.ascii,
      // Only --no-color says something; its absence leaves it to the terminal.
      colour: options.color === false ? false : undefined,
    });
    const theme = selectTheme(themeNames[themeName], capabilities, options.screenReader);
    const shell = createShell({
      core,
      sections,
      isReadOnly,
      size: () => ({ columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }),
      redraw: () => screen.redraw(),
      quit: () => screen.close(0),
    });
    const [first] = sections;
    shell.context.goTo(first?.id ?? '');
    await shell.navigator.loading();
    offerFirstSteps(shell.context);
    await shell.navigator.loading();
    const screen = openFullScreen(
      ({ session }) => (
        <ThemeProvider value={theme}>
          <ConsoleView shell={shell} output={session.screen} />
        </ThemeProvider>
      ),
      {
        capabilities,
        maxFps: options.slow ? 5 : 20,
        isForScreenReader: options.screenReader,
        onInput: shell.input,
      },
    );
    try {
      return await screen.closed;
    } finally {
      shell.close();
    }
  } finally {
    core.close();
  }
}
