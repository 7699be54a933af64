import type { Command } from 'commander';
import type { Core } from '../core/core.ts';
import { MfaError } from '../core/errors.ts';
import { plainText } from '../core/plain-text.ts';
import type { RunRequest } from '../core/runs/run.ts';
import { act, examples } from './act.ts';
import type { CommandContext, CommonOptions } from './context.ts';
import {
  addRuleOptions,
  addSelectionOptions,
  parseRules,
  parseSelection,
  type RuleOptions,
  requireNothingElse,
  type SelectionOptions,
} from './import-options.ts';
import { exitCodeOfRun, reportRun } from './report-run.ts';

interface ImportCommandOptions extends SelectionOptions, RuleOptions, CommonOptions {
  changes?: boolean;
  resume?: string;
}

export function defineImport(command: Command): void {
  addRuleOptions(addSelectionOptions(command))
    .option('--changes', 'print every person with what happens and why')
    .option('--resume <run>', 'continue a run that was cancelled, interrupted or failed')
    .addHelpText(
      'after',
      examples(
        [
          'import --container "OU=Sales,DC=corp,DC=contoso,DC=test" --dry-run --changes',
          'see what would happen',
        ],
        [
          'import --container "OU=Sales,DC=corp,DC=contoso,DC=test" --phone mobile --backup business',
          'import an OU',
        ],
        [
          'import --group "CN=VPN Users,OU=Groups,DC=corp,DC=contoso,DC=test" --recursive --method oathToken',
          'import a group',
        ],
        ['import --user jdoe asmith', 'import single people'],
        ['import --user jdoe --send-email newUsers', 'and tell them by mail'],
        ['import --resume 12', 'finish what run 12 left'],
      ),
    )
    .action(act<ImportCommandOptions>(importUsers));
}

async function importUsers(context: CommandContext, options: ImportCommandOptions): Promise<number> {
  const resumes = options.resume === undefined ? null : parseRunId(options.resume);
  if (resumes !== null) requireNothingElse(options);
  const given = resumes === null ? requestOf(options) : null;
  const core = await context.core();
  const request = given ?? core.runs.findResumable(resumes ?? 0).request;
  const { importInThread } = await import('../core/background/threaded-runs.ts');
  const run = await reportRun(context, core.runs, options.changes === true, (runOptions) =>
    importInThread(core, request, { ...runOptions, resumes }),
  );
  if (!options.json && run.state === 'completed' && run.counts.read === 0) {
    context.note(await adviceForNobody(core));
  }
  return exitCodeOfRun(run);
}

/** An empty selection is no error, but seldom what was meant. */
async function adviceForNobody({ directorySettings }: Core): Promise<string> {
  const settings = directorySettings.load();
  if (settings.type === 'sample') {
    return 'Nobody was found. "mfa-console directory search TEXT" shows whom the directory has.';
  }
  const { filtersOf } = await import('../core/directory/ldap/filters-of.ts');
  return plainText(
    `Nobody was found who is in the selection and passes the user filter ${filtersOf(settings).user}. ` +
      '"mfa-console directory test --user-filter FILTER" tries another, "mfa-console directory set" keeps it.',
  );
}

function requestOf(options: ImportCommandOptions): RunRequest {
  return { selection: parseSelection(options), rules: parseRules(options) };
}

export function parseRunId(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new MfaError('usage.invalid', `"${text}" is not the number of a run.`, {
    advice: '"mfa-console runs list" shows them.',
  });
}
