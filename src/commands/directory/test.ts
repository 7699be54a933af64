import type { Core } from '../../core/core.ts';
import type { DirectorySettings } from '../../core/directory/directory-settings.ts';
import type { Check } from '../../core/directory/ldap/check.ts';
import { bindPasswordSecret } from '../../core/directory/open-directory.ts';
import { plainText } from '../../core/plain-text.ts';
import type { CommandContext } from '../context.ts';
import { printJson, write } from '../output.ts';
import { readSecret } from '../read-secret.ts';
import { applyOptions, type ConnectionOptions } from './connection-options.ts';

export async function testDirectory(context: CommandContext, options: ConnectionOptions): Promise<number> {
  const core = await context.core();
  const settings = applyOptions(core.directorySettings.load(), options);
  const checks: Check[] = [];
  for await (const check of checksOf(core, settings, options, context.signal)) {
    checks.push(check);
    if (!context.options.json) await write(describe(check));
  }
  const ok = checks.every((check) => check.ok);
  if (context.options.json) {
    await printJson({
      ok,
      checks: checks.map(({ name, ok, message, advice }) => ({ name, ok, message, advice })),
    });
  }
  return ok ? 0 : 1;
}

async function* checksOf(
  core: Core,
  settings: DirectorySettings,
  options: ConnectionOptions,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  if (settings.type === 'sample') {
    const message = 'The built-in sample directory is used; it needs no connection.';
    const advice = 'Connect to your own with "mfa-console directory set --type activeDirectory --url ...".';
    yield { name: 'Sample directory', ok: true, message, advice, wasTried: true };
    return;
  }
  const { testConnection } = await import('../../core/directory/ldap/doctor.ts');
  const password =
    options.bindPasswordFile === undefined
      ? core.secrets.get(bindPasswordSecret)
      : await readSecret(options.bindPasswordFile, 'bind password');
  yield* testConnection(settings, password, { signal });
}

function describe(check: Check): string {
  const { name, message, advice } = check;
  const lines = [`${markOf(check)}  ${name}: ${plainText(message)}`];
  if (advice !== null) lines.push(`      ${plainText(advice)}`);
  return `${lines.join('\n')}\n`;
}

function markOf({ ok, advice, wasTried }: Check): string {
  if (!wasTried) return 'skip';
  if (!ok) return 'FAIL';
  return advice === null ? 'ok  ' : 'note';
}
