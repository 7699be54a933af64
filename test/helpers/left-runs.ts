import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { importRulesSchema } from '../../src/core/import/import-rules.ts';
import type { TemporaryCore } from './temporary-core.ts';

/** Notes a run that nobody executes. */
export function startRun(core: TemporaryCore, options: { dryRun: boolean }): number {
  const selection = { scope: 'users', names: ['ada'] } as const;
  return core.runs.start(
    { purpose: 'import', request: { selection, rules: importRulesSchema.parse({}) } },
    { dryRun: options.dryRun, resumes: null },
  );
}

/** The rows that a process leaves behind which vanishes in the middle of a run. */
export function leaveRunBehind(core: TemporaryCore, holder: { host?: string; pid?: number } = {}): number {
  const { host = hostname(), pid = vanishedProcess() } = holder;
  const now = core.clock().toISOString();
  const id = startRun(core, { dryRun: false });
  core.store.prepare('UPDATE runs SET host = ?, pid = ? WHERE id = ?').run(host, pid, id);
  core.store
    .prepare('INSERT INTO leases VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    .run('writing run', 'token of the vanished', host, pid, core.actor, 'import', now, now);
  return id;
}

/** The id of a process that was here a moment ago. */
export function vanishedProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}
