import { expect } from 'vitest';
import type { Recovery } from './recover.ts';

/**
 * The leaked keys, and the number of combinations of key, encoding, place and output that were
 * examined.
 */
export class Tally {
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #leaks: string[] = [];
  total = 0;

  /** Looks for keys in an output that contains each of the encodings a number of times. */
  look(output: string, encodings: string[], places: number, text: string, recovery: Recovery): void {
    expect(text.length, output).toBeGreaterThan(0);
    const row = this.#counts.get(output) ?? new Map<string, number>();
    this.#counts.set(output, row);
    for (const encoding of encodings) row.set(encoding, (row.get(encoding) ?? 0) + places);
    this.total += encodings.length * places;
    const found = recovery.from(text);
    if (found !== null)
      this.#leaks.push(`${output} (${encodings.join(', ').slice(0, 60)}): ${found.part} in ${found.around}`);
  }

  /** Fails if keys leaked since the last call. */
  expectNone(): void {
    expect(this.#leaks.splice(0)).toEqual([]);
  }

  /** A Markdown table of outputs by encodings. */
  table(): string {
    const encodings = [...new Set([...this.#counts.values()].flatMap((row) => [...row.keys()]))];
    const groups = [...new Set(encodings.map((encoding) => encoding.replace(/ .*/, '')))];
    const sum = (row: Map<string, number>, group: string) =>
      [...row].reduce((all, [encoding, n]) => all + (encoding.replace(/ .*/, '') === group ? n : 0), 0);
    const lines = [...this.#counts].map(([output, row]) => {
      const cells = groups.map((group) => sum(row, group));
      return [output, ...cells, cells.reduce((all, n) => all + n, 0)];
    });
    const rows = [['output', ...groups, 'all'], ['---', ...groups.map(() => '---:'), '---:'], ...lines];
    return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
  }
}
