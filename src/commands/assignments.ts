import { MfaError } from '../core/errors.ts';
import { write } from './output.ts';

/**
 * Operands of the form KEY=VALUE.
 * @param example one that is right, for the advice
 * @throws {MfaError} `usage.invalid`
 */
export function parseAssignments(operands: readonly string[], example: string): Map<string, string> {
  const assignments = new Map<string, string>();
  for (const operand of operands) {
    const equals = operand.indexOf('=');
    if (equals < 1) {
      throw new MfaError('usage.invalid', `"${operand}" is not KEY=VALUE.`, {
        advice: `Write it as ${example}.`,
      });
    }
    assignments.set(operand.slice(0, equals), operand.slice(equals + 1));
  }
  return assignments;
}

/** Old and new values by key, as texts that can be assigned again. */
export type AssignedTexts = Readonly<Record<string, readonly [before: string, after: string]>>;

/** Prints what was assigned, for people. */
export async function writeAssigned(changed: AssignedTexts, dryRun: boolean): Promise<void> {
  const lines = Object.entries(changed).map(([key, [before, after]]) => `${key}: ${before} -> ${after}`);
  if (lines.length === 0) await write('Everything already has these values.\n');
  else await write(`${dryRun ? 'Would change:\n' : ''}${lines.join('\n')}\n`);
}
