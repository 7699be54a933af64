/**
 * The exit code of work on many.
 * @param codes of those that failed
 * @returns the one that all share, such as 4 when nobody was found; else 1; undefined when none failed
 */
export function sharedExitCode(codes: readonly number[]): number | undefined {
  const [exitCode, ...others] = new Set(codes);
  return others.length === 0 ? exitCode : 1;
}
