import type { Command } from 'commander';
import { type CommandContext, type CommonOptions, createContext } from './context.ts';

/** What a command does. It prints its result and may answer with an exit code other than 0. */
export type Handler<Options> = (
  context: CommandContext,
  options: Options & CommonOptions,
  ...operands: string[]
) => Promise<number | undefined>;

/**
 * Turns a handler into a commander action: operands become strings (a list of operands is spread), all
 * options, common ones included, become one object, and the core is closed at the end.
 */
export function act<Options = CommonOptions>(handler: Handler<Options>) {
  return async (...received: unknown[]): Promise<void> => {
    const command = received.at(-1) as Command;
    const operands = received
      .slice(0, -2)
      .flat()
      .filter((operand) => operand !== undefined) as string[];
    const options = command.optsWithGlobals<Options & CommonOptions>();
    const context = createContext(options);
    try {
      const exitCode = await handler(context, options, ...operands);
      if (exitCode !== undefined) process.exitCode = exitCode;
    } finally {
      context.close();
    }
  };
}

/** A command line, and what it is for. */
export type Example = readonly [commandLine: string, purpose: string];

/** The examples at the end of a command's help. */
export function examples(...lines: readonly Example[]): string {
  const text = lines.map(([commandLine, purpose]) => `  # ${purpose}\n  mfa-console ${commandLine}`);
  return `\nExamples:\n${text.join('\n')}\n`;
}

/** A paragraph that follows the examples, in lines of a narrow terminal. */
export function paragraph(text: string): string {
  return text.replace(/(.{1,79})(?: +|$)/g, '$1\n').trimEnd();
}
