import { countText } from '../core/count-text.ts';
import type { ImportProgress } from '../core/import/run-import.ts';
import { plainText } from '../core/plain-text.ts';

/** One line on standard error that says how far a run is; nothing when there is no terminal. */
export class ProgressLine {
  readonly #isShown: boolean;
  #width = 0;

  constructor(isShown: boolean) {
    this.#isShown = isShown;
  }

  show({ counts, current, seconds }: ImportProgress): void {
    if (!this.#isShown) return;
    const rate = seconds > 0 ? Math.round(counts.read / seconds) : 0;
    const columns = process.stderr.columns ?? 80;
    const text = `${countText(counts.read)} read, ${countText(rate)}/s  ${plainText(current ?? '')}`;
    this.clear();
    const line = text.slice(0, columns - 1);
    process.stderr.write(line);
    this.#width = line.length;
  }

  clear(): void {
    if (this.#width === 0) return;
    process.stderr.write(`\r${' '.repeat(this.#width)}\r`);
    this.#width = 0;
  }
}
