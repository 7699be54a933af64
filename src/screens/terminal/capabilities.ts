/** The part of a terminal's output stream that tells what it can do. */
export interface TerminalOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** What is known of the terminal at the start. The size may change; ask the output for the present one. */
export interface TerminalCapabilities {
  /** Both streams are a terminal, so that the full-screen console can run. */
  readonly isInteractive: boolean;
  /** Characters in a line and lines, 80 by 24 when the terminal does not say. */
  readonly columns: number;
  readonly rows: number;
  /** Colours that may be used: 0 with NO_COLOR, on a dumb terminal or a monochrome one; else the 16 by name. */
  readonly colours: 0 | 16;
  /** Line drawing and blocks would come out wrong: draw with `+ - |`. */
  readonly needsAscii: boolean;
  readonly isOverSsh: boolean;
  readonly isWindows: boolean;
  /** How long a lone ESC waits for the rest of a sequence, in milliseconds. */
  readonly escapeTimeoutMs: number;
}

export interface CapabilityInputs {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: { readonly isTTY?: boolean };
  readonly output: TerminalOutput;
  /** As `process.platform`. */
  readonly platform: string;
  /** What the administrator asked for on the command line; undefined leaves it to the terminal. */
  readonly ascii?: boolean | undefined;
  readonly colour?: boolean | undefined;
}

/**
 * Reads the environment. On Windows TERM says nothing (it is unset in a local console), and neither does the
 * number of colours that Node reports there: it follows the version of Windows, not the SSH client.
 */
export function detectCapabilities(inputs: CapabilityInputs): TerminalCapabilities {
  const { env, input, output, platform } = inputs;
  const isWindows = platform === 'win32';
  const term = (env.TERM ?? '').toLowerCase();
  const isDumb = term === 'dumb' || (!isWindows && term === '');
  const hasColour = !isDumb && !/^(vt\d+|.*-m|.*-mono)$/.test(term) && (env.NO_COLOR ?? '') === '';
  const isOverSsh = Boolean(env.SSH_CONNECTION || env.SSH_TTY || env.SSH_CLIENT);
  return {
    isInteractive: input.isTTY === true && output.isTTY === true,
    columns: output.columns || 80,
    rows: output.rows || 24,
    colours: (inputs.colour ?? hasColour) ? 16 : 0,
    needsAscii: inputs.ascii ?? needsAscii(env, term, isDumb, isWindows),
    isOverSsh,
    isWindows,
    escapeTimeoutMs: escapeTimeoutMs(env, isOverSsh),
  };
}

function needsAscii(
  env: CapabilityInputs['env'],
  term: string,
  isDumb: boolean,
  isWindows: boolean,
): boolean {
  if (env.MFA_CONSOLE_ASCII !== undefined)
    return env.MFA_CONSOLE_ASCII !== '' && env.MFA_CONSOLE_ASCII !== '0';
  if (isDumb || term === 'linux' || term === 'cons25' || /^vt\d+/.test(term)) return true;
  if (isWindows) return false;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  // No locale at all is usual for a service account over SSH and says nothing.
  return locale !== '' && !/utf-?8/i.test(locale);
}

function escapeTimeoutMs(env: CapabilityInputs['env'], isOverSsh: boolean): number {
  const asked = Number(env.MFA_CONSOLE_ESCAPE_MS);
  if (env.MFA_CONSOLE_ESCAPE_MS && asked >= 0 && asked <= 5000) return asked;
  return isOverSsh ? 100 : 50;
}
