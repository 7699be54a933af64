import { type Command, Option } from 'commander';
import { MfaError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import { themeNames } from '../core/preferences/theme-names.ts';
import type { CommonOptions } from './context.ts';

/** What the console can be started with. */
export interface ConsoleFlags extends CommonOptions {
  readOnly?: boolean;
  ascii?: boolean;
  theme?: (typeof themeNames)[number];
  slow?: boolean;
  screenReader?: boolean;
}

/** Runs the console until it is left. @returns the exit code */
export type OpenConsole = (flags: ConsoleFlags) => Promise<number>;

const heading = 'Options of the console:';

/** Lets the program without a noun open the console. */
export function defineConsole(program: Command, openConsole: OpenConsole): void {
  const options = [
    new Option('--read-only', 'look at everything, change nothing'),
    new Option('--ascii', 'draw lines with + - |'),
    new Option('--theme <name>', 'colours').choices(themeNames),
    new Option('--slow', 'for slow links: 5 frames a second'),
    new Option('--screen-reader', 'linear output, without the alternate screen'),
  ];
  for (const option of options) program.addOption(option.helpGroup(heading));
  program
    .helpCommand(true)
    // An unknown noun looks like an excess argument.
    .allowExcessArguments()
    .action(async (flags: ConsoleFlags) => {
      const [noun] = program.args;
      if (noun !== undefined) throw unknownNoun(program, noun);
      if (!process.stdin.isTTY || !process.stdout.isTTY) {
        if (!flags.json) program.outputHelp({ error: true });
        throw new MfaError('terminal.required', 'The console needs a terminal for input and output.', {
          advice: 'Use a command such as "mfa-console status", or connect with "ssh -t".',
        });
      }
      process.exitCode = await openConsole(flags);
    });
}

/** Whether an option is for the console alone, so that the help of commands can leave it out. */
export function isConsoleOption(option: Option): boolean {
  return option.helpGroupHeading === heading;
}

function unknownNoun(program: Command, noun: string): MfaError {
  const near = nearest(
    noun,
    program.commands.map((command) => command.name()),
  );
  return new MfaError('usage.invalid', `There is no command "${noun}".`, {
    advice: near === undefined ? 'See "mfa-console --help".' : `Did you mean ${near}?`,
  });
}
