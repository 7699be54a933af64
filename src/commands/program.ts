import { Command, CommanderError, Help } from 'commander';
import { examples } from './act.ts';
import { defineConsole, isConsoleOption, type OpenConsole } from './console.ts';
import { nouns } from './nouns.ts';
import { reportFailure } from './report-failure.ts';

/** Runs one command line, or the console without one, and sets the exit code. Nothing is thrown. */
export async function runProgram(
  argv: readonly string[],
  version: string,
  openConsole: OpenConsole,
): Promise<void> {
  const wantsJson = argv.includes('--json');
  try {
    const program = await defineProgram(argv, version);
    defineConsole(program, openConsole);
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    process.exitCode = reportFailure(error, wantsJson);
  }
}

async function defineProgram(argv: readonly string[], version: string): Promise<Command> {
  const program = new Command('mfa-console')
    .description('Multi-factor authentication server for administrators at a terminal.')
    .version(version)
    .option('--json', 'print one JSON document (or JSON lines) and nothing else')
    .option('--data <dir>', 'the data directory; else MFA_CONSOLE_DATA, else the standard place')
    .option('--yes', 'do not ask for confirmation')
    .option('--dry-run', 'do everything except writing')
    .option('--no-color', 'print without colours')
    .addHelpText(
      'after',
      `
Without a command it opens the console, in which all of this can be done by hand.
${examples(
  ['directory tree', 'look around; without a directory of your own, in the built-in sample company'],
  ['import --container "OU=Sales,DC=corp,DC=contoso,DC=test"', 'bring an OU of the sample in'],
  ['users list --filter smith', 'find people'],
)}
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 stopped for approval, 4 not found, 5 conflict.
`,
    )
    .configureHelp({
      showGlobalOptions: true,
      visibleGlobalOptions(command) {
        const options = Help.prototype.visibleGlobalOptions.call(this, command);
        return options.filter((option) => !isConsoleOption(option));
      },
    })
    // Wrong usage is reported by reportFailure, in one place for people and scripts.
    .configureOutput({ outputError: () => undefined })
    .exitOverride();
  for (const noun of nouns) {
    const command = program.command(noun.name).description(noun.summary).summary(noun.summary);
    command.copyInheritedSettings(program);
    if (argv.includes(noun.name)) await noun.load(command);
    pointToExamples(command, `mfa-console ${noun.name}`);
  }
  return program;
}

/** The examples of a noun, and of what is in a noun of its own, are with the verbs. */
function pointToExamples(command: Command, path: string): void {
  for (const one of command.commands) pointToExamples(one, `${path} ${one.name()}`);
  const verb = firstVerb(command, path);
  if (verb !== path) command.addHelpText('after', `\nEvery verb has examples, such as "${verb} --help".`);
}

function firstVerb(command: Command, path: string): string {
  const [first] = command.commands;
  return first === undefined ? path : firstVerb(first, `${path} ${first.name()}`);
}
