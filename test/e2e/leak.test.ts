import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Answer, answerWith } from '../helpers/leak/answers.ts';
import { ENCODINGS } from '../helpers/leak/encodings.ts';
import { type Given, KINDS } from '../helpers/leak/given.ts';
import { keysFrom } from '../helpers/leak/keys.ts';
import { Chance } from '../helpers/leak/random.ts';
import { Recovery } from '../helpers/leak/recover.ts';
import { Tally } from '../helpers/leak/tally.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const SEED = Number(process.env.ERRPROBE_LEAK_SEED ?? 20_261_128);
const chance = new Chance(SEED);
const KEYS = keysFrom(chance);
const tally = new Tally();
let tried = 0;

afterAll(() => {
  if (tried === 3 * CASES.length) expect(tally.total).toBeGreaterThanOrEqual(10_000);
  if (process.env.ERRPROBE_LEAK_TABLE !== undefined) {
    console.log(`${tally.table()}\n\nseed ${SEED}: ${tally.total} combinations of key, encoding, place and output`);
  }
});

/** Each case tries one of the encodings; the next case has others. */
const SHARE = 9;

const filesIn = (folder: string): [name: string, text: string][] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.yaml'))
    // Among the random digits with which a compiled config begins, four of a key may occur by chance.
    .map((entry) => [
      entry.name,
      readFileSync(join(entry.parentPath, entry.name), 'utf8').replace(/^[\da-f]{64}\n/, ''),
    ]);

/** The places of a key in a recorded failure. */
const FAILURE = ['a name in a certificate', 'the issuer of a certificate', 'the message of a failure'];

/** The lines of a log with a body. */
const LOGGED = ['a record', 'a line with a status', 'a body alone'];
const inBody = (places: string[], line: string) =>
  places.filter((place) => place.startsWith('body')).map((place) => `${line}, ${place}`);

const REPORTS = ['junit', 'json', 'tap', 'markdown', 'html'];

/** Every key, in each way of providing one that can carry it. */
const CASES = Object.entries(KEYS)
  .flatMap(([shape, key], i) =>
    [KINDS[i % KINDS.length], KINDS[(i + 3) % KINDS.length]]
      .filter((kind): kind is Given => kind?.carries(key) === true)
      .map((kind) => ({ shape, key, kind, name: kind.name })),
  )
  .map((given, i) => ({ ...given, share: i % SHARE }));

describe.each(CASES)(`with seed ${SEED}, a $shape key as $name`, ({ shape, key, kind, share }) => {
  const recovery = new Recovery([key]);
  const encodings = Object.entries(ENCODINGS).filter((_, i) => i % SHARE === share);
  const names = encodings.map(([name]) => name);
  const texts = encodings.map(([, encode]) => encode(key, chance));
  const answers = texts.map((text) => answerWith(text, chance.below(1000)));
  const samples = answers.map(({ places }, i) => ({ encoding: names[i] ?? '', places }));
  const look = (output: string, of: typeof samples, text: string) => tally.look(output, shape, of, text, recovery);
  const end = () => {
    tally.expectNone();
    tried++;
  };
  const served = async (answers: Answer[]) =>
    (
      await serve((request, response) => {
        const answer = answers[Number(/^\/(\d+)(?!\w)/.exec(request.url ?? '')?.[1] ?? 0) % answers.length] as Answer;
        response.writeHead(answer.status, answer.headers).end(answer.body);
      })
    ).url;
  const prepared = (url: string) => {
    const cwd = emptyFolder();
    const { config = '', env = {} } = kind.place(key);
    const text = `timeout: 5s\nretry: { base: 1ms, jitter: 0ms }\napis:\n  raptor-comply:\n    baseUrl: ${url}\n    ${config}\n`;
    writeFileSync(join(cwd, '.errproberc.yaml'), text);
    return { cwd, env: { RAPTOR_COMPLY_API_KEY: 'unset-but-needed', ...env, HOME: cwd } };
  };

  it('does not come out of calls', async () => {
    const place = prepared(await served(answers));
    for (const [i, sample] of samples.entries()) {
      const { words = [], method = 'GET' } = kind.place(key);
      const json = i % 3 === 0;
      const argv = [
        'call',
        method,
        `/${i}`,
        '--api',
        'raptor-comply',
        ...words,
        ...(json ? ['--format', 'json'] : ['-v', '--include']),
        ...['--har', 'calls.har', '--report', i % 2 === 0 ? 'ticket.md' : 'ticket.json'],
      ];
      const { stdout, stderr } = await run(argv, { ...place, tty: i % 7 === 6 });
      // A redirect loop leaves no body.
      look(json ? 'call, json' : 'call, body and diagnosis', [sample], stdout + stderr);
      for (const [name, text] of filesIn(place.cwd)) look(name.startsWith('2026') ? 'history' : name, [sample], text);
      for (const name of ['calls.har', 'ticket.md', 'ticket.json']) rmSync(join(place.cwd, name), { force: true });
    }
    const again = await run(['explain', '--last', '-v'], place);
    look('explain --last', samples.slice(-1), again.stdout + again.stderr);
    end();
  });

  it('does not come out of checks', async () => {
    const place = prepared(await served(answers));
    const checks = names.map((name, i) => ({
      name,
      request: kind.check?.(key, `/${i}`) ?? `GET /${i}`,
      expect: { status: 200, header: { 'x-echo': 'other' }, json: { '/message': 'other' } },
    }));
    writeFileSync(join(place.cwd, 'errprobe.checks.yaml'), JSON.stringify({ api: 'raptor-comply', checks }));
    const summary = join(place.cwd, 'summary.md');
    const env = { ...place.env, GITHUB_STEP_SUMMARY: summary, OWN: key };
    const reports = [...REPORTS.map((format) => `${format}=check.${format}`), 'github'];
    const argv = ['check', '-v', ...reports.flatMap((report) => ['--report', report])];
    const { stdout, stderr } = await run(argv, { ...place, env });
    look('check, pretty and annotations', samples, stdout + stderr);
    for (const [name, text] of filesIn(place.cwd)) look(name, samples, text);
    const json = await run(['check', '--format', 'json'], { ...place, env });
    look('check, json', samples, json.stdout + json.stderr);
    end();
  });

  it('does not come out of a HAR that has it, nor of logs', async () => {
    const place = prepared('http://127.0.0.1:9');
    const entries = answers.map((answer, i) => ({
      request: { method: 'POST', url: `https://h${i}.example/a`, ...kind.recorded(key) },
      response: {
        status: answer.status,
        headers: Object.entries(answer.headers).map(([name, value]) => ({ name, value: String(value) })),
        content: { text: String(answer.body) },
      },
    }));
    const failures = texts.map((text) => {
      const dates = { validFrom: '2020-01-01T00:00:00Z', validTo: '2021-01-01T00:00:00Z' };
      const certificate = { names: [text], issuer: text, selfSigned: false, ...dates };
      const failure = { phase: 'tls', code: 'CERT_HAS_EXPIRED', message: `failed: ${text}`, certificate };
      return {
        request: { method: 'GET', url: 'https://h.example/', ...kind.recorded(key) },
        response: { status: 0, headers: [], content: {}, _failure: failure },
      };
    });
    writeFileSync(join(place.cwd, 'in.har'), JSON.stringify({ log: { entries: [...entries, ...failures] } }));
    for (const argv of [
      ['explain', 'in.har', '-v'],
      ['explain', 'in.har', '--format', 'json'],
      ['report', 'in.har'],
      ['report', 'in.har', '--format', 'json'],
    ]) {
      const { stdout, stderr } = await run(argv, place);
      const recorded = samples.map((sample) => ({ ...sample, places: [...sample.places, ...FAILURE] }));
      look(argv.filter((word) => !word.startsWith('-v')).join(' '), recorded, stdout + stderr);
    }
    if (kind.isConfigured) {
      // A log line ends where a key is split.
      const isWhole = (i: number) => !/lines/.test(names[i] ?? '');
      const whole = answers.filter((_, i) => isWhole(i));
      const logged = samples
        .filter((_, i) => isWhole(i))
        .map(({ encoding, places }) => ({ encoding, places: LOGGED.flatMap((line) => inBody(places, line)) }));
      const lines = whole.flatMap(({ status, body }, i) => [
        JSON.stringify({
          level: 50,
          reqId: String(body),
          req: { method: 'GET', url: `/a/${i}` },
          res: { statusCode: status, body: String(body) },
        }),
        `ERROR ${i} ${status} ${String(body)}`,
        String(body),
      ]);
      writeFileSync(join(place.cwd, 'app.log'), lines.join('\n'));
      const formats = ['pretty', 'json', 'ndjson', 'csv', 'markdown'];
      for (const argv of [
        ...formats.map((format) => ['--format', format]),
        ['--by', 'endpoint'],
        ['--partial', 'part.out'],
      ]) {
        const { stdout, stderr } = await run(['triage', 'app.log', ...argv], place);
        look(`triage ${argv.join(' ')}`, logged, stdout + stderr);
      }
      look('triage, partial', logged, readFileSync(join(place.cwd, 'part.out'), 'utf8'));
    }
    end();
  });
});
