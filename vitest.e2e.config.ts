import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LeftOutReporter } from './test/left-out-reporter.ts';

/** End-to-end tests: the built program as its users run it. `vitest.config.ts` has all others. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.e2e.ts'],
    globalSetup: 'test/build-program.ts',
    reporters: ['default', new LeftOutReporter()],
    // Tests wait for the processes that they start, so that a file for each core would leave cores idle.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    testTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 120_000,
  },
});
