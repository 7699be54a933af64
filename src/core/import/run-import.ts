import type { AttributeMap } from '../directory/attributes.ts';
import type { Directory } from '../directory/directory.ts';
import type { ImportRun, RunRequest } from '../runs/run.ts';
import type { ImportSettings } from './desired-fields.ts';
import { executeRun } from './execute-run.ts';
import { importRulesSchema } from './import-rules.ts';
import { Planner } from './plan.ts';
import type { RunOptions, RunProgress, RunServices } from './run-writer.ts';
import { writeListing } from './write-listing.ts';

/** What an import works with. */
export interface ImportServices extends RunServices {
  settings: ImportSettings;
  attributes: AttributeMap;
  directory: Pick<Directory, 'users'>;
}

export type ImportOptions = RunOptions;
export type ImportProgress = RunProgress;

/**
 * Brings the people of a selection in; see {@link executeRun} for how it ends.
 * @throws {MfaError} `run.inProgress` when another process is writing; other errors end up in the run
 */
export async function runImport(
  request: RunRequest,
  services: ImportServices,
  options: ImportOptions = {},
): Promise<ImportRun> {
  const { store, settings, attributes, directory, clock } = services;
  const run = await executeRun({ purpose: 'import', request }, services, options, {
    async execute(writer) {
      const planner = new Planner(store, clock);
      // An earlier version may have noted the rules, without those that there were not then.
      const rules = importRulesSchema.parse(request.rules);
      planner.use({ rules, settings, attributes });
      const { signal } = options;
      const listing = directory.users(request.selection, signal ? { signal } : {});
      await writeListing(writer, planner, listing, rules.sendEmail);
      return 'completed';
    },
  });
  return run as ImportRun;
}
