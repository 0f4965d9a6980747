/** Values of one width, side by side in memory: a million facts fit beside a running server. */
export class Growing {
  readonly #width: number;
  #bytes: Buffer;
  length = 0;

  constructor(width: number) {
    this.#width = width;
    this.#bytes = Buffer.alloc(width * 256);
  }

  push(value: Uint8Array): void {
    const at = this.length * this.#width;
    if (at === this.#bytes.length) {
      const larger = Buffer.alloc(2 * at);
      this.#bytes.copy(larger);
      this.#bytes = larger;
    }
    this.#bytes.set(value, at);
    this.length += 1;
  }

  at(index: number): Buffer {
    const from = index * this.#width;
    return this.#bytes.subarray(from, from + this.#width);
  }

  /** Where `value` stands among values that ascend, or -1. */
  indexOf(value: Uint8Array): number {
    let [from, to] = [0, this.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const order = Buffer.compare(this.at(middle), value);
      if (order === 0) return middle;
      if (order < 0) from = middle + 1;
      else to = middle;
    }
    return -1;
  }
}
