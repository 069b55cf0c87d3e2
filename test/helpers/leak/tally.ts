import { expect } from 'vitest';
import type { Recovery } from './recover.ts';

/** A key in one encoding, and the places where it stands. */
export interface Sample {
  encoding: string;
  places: string[];
}

/**
 * The leaked keys, and the number of combinations of key, encoding, place and output that were
 * examined.
 */
export class Tally {
  /** By output and encoding: each pair of key and place, once. */
  readonly #looks = new Map<string, Map<string, Set<string>>>();
  readonly #leaks: string[] = [];

  /** The number of different combinations. */
  get total(): number {
    return [...this.#looks.values()].flatMap((row) => [...row.values()]).reduce((all, { size }) => all + size, 0);
  }

  /** Looks for a key in an output made from all of the samples. */
  look(output: string, key: string, samples: Sample[], text: string, recovery: Recovery): void {
    expect(text.length, output).toBeGreaterThan(0);
    const row = this.#looks.get(output) ?? new Map<string, Set<string>>();
    this.#looks.set(output, row);
    for (const { encoding, places } of samples) {
      const seen = row.get(encoding) ?? new Set();
      row.set(encoding, seen);
      for (const place of places) seen.add(`${key} in ${place}`);
    }
    const found = recovery.from(text);
    if (found === null) return;
    const encodings = samples.map(({ encoding }) => encoding).join(', ');
    this.#leaks.push(`${output} (${encodings.slice(0, 60)}): ${found.part} in ${found.around}`);
  }

  /** Fails if keys leaked since the last call. */
  expectNone(): void {
    expect(this.#leaks.splice(0)).toEqual([]);
  }

  /** A Markdown table of outputs by encodings. */
  table(): string {
    const encodings = [...new Set([...this.#looks.values()].flatMap((row) => [...row.keys()]))];
    const groups = [...new Set(encodings.map((encoding) => encoding.replace(/ .*/, '')))];
    const sum = (row: Map<string, Set<string>>, group: string) =>
      [...row].reduce((all, [encoding, { size }]) => all + (encoding.replace(/ .*/, '') === group ? size : 0), 0);
    const lines = [...this.#looks].map(([output, row]) => {
      const cells = groups.map((group) => sum(row, group));
      return [output, ...cells, cells.reduce((all, n) => all + n, 0)];
    });
    const rows = [['output', ...groups, 'all'], ['---', ...groups.map(() => '---:'), '---:'], ...lines];
    return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
  }
}
