import type { ConnectionCheck } from '../../core/directory/directory-connection.ts';
import { checkName } from '../../core/directory/ldap/check.ts';
import { printCheck } from '../check-text.ts';
import type { CommandContext } from '../context.ts';
import { printJson } from '../output.ts';
import { applyOptions, type ConnectionOptions } from './connection-options.ts';
import { pinned, readNewPassword } from './settings.ts';

export async function testDirectory(context: CommandContext, options: ConnectionOptions): Promise<number> {
  const { directoryConnection } = await context.core();
  const stored = directoryConnection.load().settings;
  const settings = await pinned(directoryConnection, applyOptions(stored, options), options, context.signal);
  const password = await readNewPassword(options);
  const checks: ConnectionCheck[] = [];
  for await (const found of directoryConnection.test(settings, password, context.signal)) {
    const check = settings.type === 'sample' ? { ...found, advice: connectAdvice } : found;
    checks.push(check);
    if (!context.options.json) await printCheck({ ...check, name: checkName(check) }, check.wasTried);
  }
  const ok = checks.every((check) => check.ok);
  if (context.options.json) {
    await printJson({
      ok,
      checks: checks.map((check) => {
        const { ok, message, advice } = check;
        return { name: checkName(check), ok, message, advice };
      }),
    });
  }
  return ok ? 0 : 1;
}

const connectAdvice =
  'Connect to your own with "mfa-console directory set --type activeDirectory --url ...".';
