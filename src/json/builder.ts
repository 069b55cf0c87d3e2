/** How many parts are joined at a time. */
const MOST_PARTS = 4096;

/**
 * Builds a long text from short parts. `+=` would keep every part in memory until the text is read,
 * at some 50 bytes each.
 */
export class TextBuilder {
  readonly #joined: string[] = [];
  #parts: string[] = [];

  add(part: string): void {
    if (this.#parts.push(part) === MOST_PARTS) this.#join();
  }

  toString(): string {
    this.#join();
    return this.#joined.join('');
  }

  #join(): void {
    this.#joined.push(this.#parts.join(''));
    this.#parts = [];
  }
}
