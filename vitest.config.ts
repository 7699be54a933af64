import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LeftOutReporter } from './test/left-out-reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: 'test/build-program.ts',
    reporters: ['default', new LeftOutReporter()],
    // Most wait for the processes that they start, so that a file for each core would leave cores idle.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // For a busy machine: a test waits for what it wants to see, and a missing one fails it all the same.
    testTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 120_000,
  },
});
