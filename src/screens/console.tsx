import { existsSync } from 'node:fs';
import type { BackgroundDelivery } from '../core/background/keep-delivering.ts';
import { type Core, openCore } from '../core/core.ts';
import { locateDataDirectory } from '../core/data-directory.ts';
import { MfaError, messageOf } from '../core/errors.ts';
import type { Preferences } from '../core/preferences/preferences.ts';
import { locatePreferences } from '../core/preferences/preferences-file.ts';
import { offerFirstSteps } from './first-run/offer.ts';
import { asciiWish, startWish } from './preferences/effects.ts';
import { openPreferences } from './preferences/preferences-store.ts';
import { PreferredTheme } from './preferences/preferred-theme.tsx';
import { sections } from './sections.ts';
import { ConsoleView } from './shell/console-view.tsx';
import { createShell, type Shell } from './shell/shell.ts';
import { detectCapabilities } from './terminal/capabilities.ts';
import { openFullScreen } from './terminal/full-screen.ts';
import { selectTheme } from './theme/theme.ts';

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
  const { readOnly: isReadOnly = false, theme: asked } = options;
  const preferences = openPreferences(locatePreferences(process.env));
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
      ascii: asciiWish(preferences.get(), options.ascii, process.env),
      // Only --no-color says something; its absence leaves it to the terminal.
      colour: options.color === false ? false : undefined,
    });
    const themeOf = ({ theme }: Preferences) =>
      selectTheme(themeNames[asked ?? theme], capabilities, options.screenReader);
    let farewell = '';
    const shell = createShell({
      core,
      sections,
      isReadOnly,
      preferences,
      size: () => ({ columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }),
      redraw: () => screen.redraw(),
      quit(reason = '') {
        farewell = reason;
        screen.close(0);
      },
    });
    shell.context.goTo(startWish(preferences.get(), preferences.lastSection, sections));
    await shell.navigator.loading();
    offerFirstSteps(shell.context);
    await shell.navigator.loading();
    if (preferences.problem !== null) shell.status.say(preferences.problem, 'warning');
    const screen = openFullScreen(
      ({ session }) => (
        <PreferredTheme preferences={preferences} themeOf={themeOf}>
          <ConsoleView shell={shell} output={session.screen} />
        </PreferredTheme>
      ),
      {
        capabilities,
        maxFps: options.slow ? 5 : 60,
        isForScreenReader: options.screenReader,
        onInput: shell.input,
      },
    );
    const delivery = isReadOnly ? null : await deliverInBackground(core, shell);
    try {
      const exitCode = await screen.closed;
      if (farewell !== '') process.stderr.write(`${farewell}\n`);
      // A place that cannot be noted is no reason to fail at the end.
      await preferences.leave(shell.navigator.get().section).catch(() => undefined);
      if (delivery?.isRunning()) {
        const note = setTimeout(() => process.stderr.write(waitsForAnswer), 1000);
        await delivery.stop();
        clearTimeout(note);
      }
      return exitCode;
    } finally {
      void delivery?.stop();
      shell.close();
    }
  } finally {
    core.close();
  }
}

const waitsForAnswer = 'Waiting some seconds for what the mail server says to the last mail.\n';

/** While the console is open, mails go out; a mail that cannot says why in the outbox. */
async function deliverInBackground(core: Core, shell: Shell): Promise<BackgroundDelivery> {
  const { keepDelivering } = await import('../core/background/keep-delivering.ts');
  return keepDelivering(core, (error) => {
    shell.status.say(`Mails are not delivered any more: ${messageOf(error)}`, 'warning');
  });
}
