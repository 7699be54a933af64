import type { Reporter, TestModule } from 'vitest/node';

/** Says at the end of a run which suites this machine could not run and what would make it able to. */
export class LeftOutReporter implements Reporter {
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void = (text) => process.stdout.write(text)) {
    this.#write = write;
  }

  onTestRunEnd(testModules: readonly TestModule[]): void {
    const filesByReason = new Map<string, Set<string>>();
    for (const testModule of testModules) {
      for (const suite of testModule.children.allSuites()) {
        const { leftOut } = suite.meta();
        if (leftOut === undefined) continue;
        const files = filesByReason.get(leftOut) ?? new Set();
        filesByReason.set(leftOut, files.add(testModule.relativeModuleId));
      }
    }
    for (const [reason, files] of filesByReason) {
      this.#write(`Left out: ${reason}\n${[...files].map((file) => `  ${file}\n`).join('')}`);
    }
  }
}
