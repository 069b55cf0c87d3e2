import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rolldown/parseAst';
import { describe, expect, it } from 'vitest';
import { cpuTimer } from './helpers/cpu-time.ts';
import { repetitionsOf } from './helpers/regex-samples.ts';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** A regular expression in the sources; `pattern` is null if it is built at run time. */
interface Found {
  file: string;
  source: string;
  pattern: RegExp | null;
}

const found: Found[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .flatMap((file) => regularExpressions(file, readFileSync(join(SRC, file), 'utf8')));

function regularExpressions(file: string, text: string): Found[] {
  const all: Found[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, regex, callee, start, end } = node as Record<string, unknown>;
    if (type === 'Literal' && regex !== undefined) {
      const { pattern, flags } = regex as { pattern: string; flags: string };
      all.push({ file, source: `/${pattern}/${flags}`, pattern: new RegExp(pattern, flags) });
    } else if (type === 'NewExpression' && (callee as { name?: string }).name === 'RegExp') {
      all.push({ file, source: text.slice(start as number, end as number), pattern: null });
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseAst(text, { lang: 'ts' }));
  return all;
}

/** Sample text for the character classes of a pattern. */
const OF_CLASS: Record<string, string> = {
  d: '7',
  D: 'x',
  w: 'a',
  W: '-',
  s: ' ',
  S: 'x',
  n: '\n',
  t: '\t',
  r: '\r',
  b: ' ',
  B: 'a',
};

/**
 * Texts that a pattern may be slow on: one part of it repeated, after its beginning and before
 * something that prevents a match. A pattern that starts over at each place, or tries each way to
 * divide a run, takes quadratic time on one.
 */
function* hostileTexts(source: string): Generator<(length: number) => string> {
  const plain = source
    .replaceAll(/\\x([\da-f]{2})|\\u([\da-f]{4})/gi, (_, x: string, u: string) =>
      String.fromCharCode(Number.parseInt(x ?? u, 16)),
    )
    .replaceAll(/\\(.)/g, (_, c: string) => OF_CLASS[c] ?? c);
  const words = [...new Set(plain.split(/[()[\]{}|?*+^$/]+/).map((word) => word.replaceAll('.', 'x')))].filter(Boolean);
  const letters = [...new Set([...plain.replaceAll(/[()|?*+^$]/g, ''), 'a', '1', ' ', '/', '\n'])];
  const units = [...letters, ...words.filter((word) => word.length > 1)].slice(0, 40);
  for (const { before, unit } of repetitionsOf(source)) {
    for (const one of new Set([unit, ' ', 'x']))
      yield (length) => `${before}${one.repeat(Math.ceil(length / one.length))}\u0001`;
  }
  const starts = ['', ...words.slice(0, 3), words.slice(0, 2).join('')];
  for (const start of new Set(starts)) {
    for (const unit of units) {
      yield (length) => `${start}${unit.repeat(Math.ceil(length / unit.length))}\u0001`;
      yield (length) => `${`${start}${unit}`.repeat(Math.ceil(length / (start.length + unit.length)))}\u0001`;
    }
  }
}

/**
 * CPU milliseconds for one match; unlike wall-clock time, they do not depend on the machine's load.
 */
function time(pattern: RegExp, text: string): number {
  pattern.lastIndex = 0;
  const ms = cpuTimer();
  text.replace(pattern, '');
  return ms();
}

/**
 * In milliseconds. Linear matching of 20,000 characters takes far less than this, quadratic
 * matching far more.
 */
const SUSPICIOUS = 25;
const LENGTH = 20_000;

/** What is quadratic and suspicious takes a sixteenth for a quarter of the text, with which most are done. */
const SHORT = LENGTH / 4;
const SUSPICIOUS_IF_SHORT = SUSPICIOUS / 16;

/** In milliseconds, whatever the length. */
const EXORBITANT = 300;

describe('every regular expression', () => {
  it('takes linear time on the texts that its own parts can be made into', { timeout: 120_000 }, () => {
    const slow = found.flatMap(({ file, source, pattern }) => {
      if (pattern === null) return [];
      for (const textOf of hostileTexts(pattern.source)) {
        if (time(pattern, textOf(SHORT)) < SUSPICIOUS_IF_SHORT) continue;
        const text = textOf(LENGTH);
        const first = time(pattern, text);
        if (first < SUSPICIOUS) continue;
        // A single match may include compilation and garbage collection.
        const long = first > EXORBITANT ? first : Math.min(first, time(pattern, text), time(pattern, text));
        if (long < SUSPICIOUS) continue;
        // The ways to divide a run may be many and yet limited, which no comparison would show.
        if (long > EXORBITANT)
          return [`${file}: ${source} on ${JSON.stringify(text.slice(0, 20))}…: ${long.toFixed(1)} ms`];
        const short = time(pattern, textOf(SHORT));
        if (long > 8 * short)
          return [
            `${file}: ${source} on ${JSON.stringify(text.slice(0, 20))}…: ${short.toFixed(1)} ms, ${long.toFixed(1)} ms`,
          ];
      }
      return [];
    });
    expect(slow).toEqual([]);
  });

  it('is seen by this test', () => {
    expect(found.length).toBeGreaterThan(300);
  });
});
