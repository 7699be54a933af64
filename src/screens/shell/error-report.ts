import { isMfaError, messageOf } from '../../core/errors.ts';
import { type ErrorDialog, errorDialog } from '../widgets/dialog/state.ts';

/** Anything that was thrown as a dialog: what failed, what to do, and behind Enter what caused it. */
export function errorReport(title: string, error: unknown): ErrorDialog {
  if (isMfaError(error)) {
    return errorDialog(title, error.message, error.advice ?? '', [`Code: ${error.code}`, ...causesOf(error)]);
  }
  const stack = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  return errorDialog(
    title,
    `Something unexpected went wrong: ${messageOf(error)}.`,
    'Please report it with what you did and the details.',
    stack,
  );
}

function causesOf(error: Error): string[] {
  const causes: string[] = [];
  for (
    let cause = error.cause;
    cause !== undefined;
    cause = cause instanceof Error ? cause.cause : undefined
  ) {
    causes.push(`Cause: ${messageOf(cause)}`);
  }
  return causes;
}
