import { defineConfig } from 'vitest/config';
import { LeftOutReporter } from './test/left-out-reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: 'test/build-program.ts',
    reporters: ['default', new LeftOutReporter()],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
