import { contentOf } from '../../src/diagnosis/read/content.ts';
import { readContent } from '../../src/diagnosis/read/read-error.ts';
import { parsed } from '../../src/input/parsed.ts';
import { savedResponse } from '../../src/model/exchange.ts';
import { CORPORA, casesOf } from './score.ts';

/**
 * Measures what it takes to parse and to read an error body of about 1 kB. Bodies take turns, so that none finds the
 * caches warm from its last turn; of many turns the fastest counts, so that a busy machine matters little. `JSON.parse` of
 * the same bodies is the reference.
 */
const TURNS = Number(process.env.TURNS ?? 1000);
const [SHORTEST, LONGEST] = [600, 2500];

const folder = new URL('../../../fixtures/corpus/', import.meta.url);
const bodies = CORPORA.flatMap((corpus) => casesOf(corpus, folder))
  .filter(({ body }) => body.length > SHORTEST && body.length < LONGEST)
  .map(({ body, status }) => {
    const response = parsed(savedResponse(body, status ?? null, {}));
    return { body, response, content: contentOf(response) };
  })
  .filter(({ content }) => content.kind === 'json');
const bytes = bodies.reduce((sum, { body }) => sum + body.length, 0);

/** Microseconds that a function takes for each kilobyte. */
function timeOf(run: (one: (typeof bodies)[number]) => unknown): number {
  const fastest = bodies.map(() => Number.POSITIVE_INFINITY);
  for (let turn = 0; turn < TURNS; turn++) {
    bodies.forEach((one, i) => {
      const begun = process.hrtime.bigint();
      run(one);
      fastest[i] = Math.min(fastest[i] ?? 0, Number(process.hrtime.bigint() - begun));
    });
  }
  return fastest.reduce((sum, time) => sum + time, 0) / bytes;
}

const reference = timeOf(({ body }) => JSON.parse(body));
const row = (name: string, taken: number, aim: string): string =>
  `| ${name} | ${taken.toFixed(1)} µs | ${(taken / reference).toFixed(1)}× | ${aim} |`;
console.log(`Error bodies: ${bodies.length}, of ${Math.round(bytes / bodies.length)} bytes on average\n`);
console.log('| | per kB | | aim |\n| --- | --- | --- | --- |');
console.log(row('`JSON.parse`', reference, ''));
const parse = timeOf(({ response }) => contentOf(response));
console.log(row('parse', parse, ''));
const read = timeOf(({ content, response }) => readContent(content, response));
console.log(row('read', read, ''));
console.log(row('parse and read', parse + read, '≤ 40 µs'));
