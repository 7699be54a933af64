import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireServersVariable, whyLeftOut } from './require-server.ts';

const root = join(import.meta.dirname, '..', '..');
const absent = { name: 'Absent Server', programs: ['absent-daemon'], packages: ['absent'] };
const reason = 'Absent Server (absent-daemon not installed; apt-get install absent)';

describe('a suite whose server is missing', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(root, 'node_modules', '.absent-server-'));
    await writeFile(
      join(folder, 'absent.test.ts'),
      `import { expect, test } from 'vitest';
      import { describeWithServer } from ${JSON.stringify(join(import.meta.dirname, 'require-server.ts'))};
      describeWithServer('needs it', ${JSON.stringify(absent)}, () => test('never runs', () => expect(1).toBe(2)));`,
    );
    await writeFile(
      join(folder, 'vitest.config.ts'),
      `import { LeftOutReporter } from ${JSON.stringify(join(root, 'test', 'left-out-reporter.ts'))};
      export default { root: ${JSON.stringify(folder)}, test: { reporters: ['default', new LeftOutReporter()] } };`,
    );
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is skipped and listed with its reason at the end', async () => {
    const run = await vitest(folder, '');
    expect(run).toMatchObject({ exitCode: 0, output: expect.stringContaining('1 skipped') });
    expect(run.output.trimEnd().endsWith(`Left out: ${reason}\n  absent.test.ts`)).toBe(true);
  });

  test('fails where servers are required', async () => {
    const run = await vitest(folder, '1');
    expect(run).toMatchObject({ exitCode: 1, output: expect.stringContaining(reason) });
  });
});

test('programs that exist are no reason to leave a suite out', () => {
  expect(whyLeftOut({ name: 'Shell', programs: ['sh'], packages: [] })).toBeUndefined();
});

function vitest(folder: string, requireServers: string): Promise<{ exitCode: unknown; output: string }> {
  const program = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [program, 'run', '--root', folder, '--config', join(folder, 'vitest.config.ts')];
  const env = { ...process.env, [requireServersVariable]: requireServers, NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => {
      resolve({ exitCode: error?.code ?? 0, output: `${stderr}${stdout}` });
    });
  });
}
