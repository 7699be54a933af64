import { createHash } from 'node:crypto';

/** Numbers that look random and are always the same for a seed. */
export class SeededRandom {
  readonly #seed: string;
  #drawn = 0;

  constructor(seed: string | number) {
    this.#seed = String(seed);
  }

  /** A whole number from 0 to below `count`. */
  below(count: number): number {
    this.#drawn += 1;
    const digest = createHash('sha256').update(`${this.#seed}/${this.#drawn}`).digest();
    return digest.readUInt32BE() % count;
  }

  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(Math.max(1, items.length))];
  }
}
