import { MfaError } from '../core/errors.ts';

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
