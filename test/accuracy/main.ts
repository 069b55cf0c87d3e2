import { CORPORA, casesOf, ROLES, scoreOf } from './score.ts';

/** Prints how much of the labelled errors is read right: roles by corpora. `--show` lists the misses. */
const folder = new URL('../../../fixtures/corpus/', import.meta.url);
const scores = CORPORA.map((corpus) => scoreOf(casesOf(corpus, folder)));
const percent = (right: number, of: number): string => `${((100 * right) / of).toFixed(1)} %`;
const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;

console.log(row(['', ...CORPORA.map((corpus, i) => `${corpus} (${scores[i]?.of})`)]));
console.log(row(['---', ...CORPORA.map(() => '---')]));
for (const role of ROLES) {
  const counts = scores.map(({ roles }) => roles[role]);
  console.log(row([role, ...counts.map((count) => (count === undefined ? '' : percent(count.right, count.of)))]));
}
console.log(row(['wholly right', ...scores.map(({ wholly, of }) => percent(wholly, of))]));
if (process.argv.includes('--show')) for (const { misses } of scores) for (const miss of misses) console.log(miss);
