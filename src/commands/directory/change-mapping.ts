import { connectionProblems } from '../../core/directory/connection-problems.ts';
import type { DirectorySettings } from '../../core/directory/directory-settings.ts';
import { MfaError } from '../../core/errors.ts';
import { type AssignedTexts, writeAssigned } from '../assignments.ts';
import type { CommandContext } from '../context.ts';
import { printJson } from '../output.ts';

/**
 * Saves the settings of the directory with other filters or attributes.
 * @param change makes the new settings of the stored ones
 * @param show what is told of settings, for scripts and to say what changed
 * @throws {MfaError} `directory.*`, `settings.changed`
 */
export async function changeMapping(
  context: CommandContext,
  name: 'filters' | 'attributes',
  change: (settings: DirectorySettings) => DirectorySettings,
  show: (settings: DirectorySettings) => Readonly<Record<string, string>>,
): Promise<undefined> {
  const { directoryConnection } = await context.core();
  const { settings: before } = directoryConnection.load();
  const after = change(before);
  requireOwn(before);
  const [problem] = connectionProblems(after);
  if (problem !== undefined) throw problem.error;
  const { json, dryRun = false } = context.options;
  directoryConnection.save({ before, after, dryRun });
  const changed = changesBetween(show(before), show(after));
  if (json) await printJson({ changed, [name]: show(after), dryRun });
  else await writeAssigned(changed, dryRun);
}

function requireOwn({ type }: DirectorySettings): void {
  if (type !== 'sample') return;
  throw new MfaError('directory.notConfigured', 'The sample directory is always read in the same way.', {
    advice: 'Connect to your own with "mfa-console directory set" first.',
  });
}

function changesBetween(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): AssignedTexts {
  const changed = Object.keys(after).filter((key) => before[key] !== after[key]);
  return Object.fromEntries(changed.map((key) => [key, [before[key] ?? '', after[key] ?? '']]));
}
