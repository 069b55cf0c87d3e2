import * as fc from 'fast-check';
import type { Case } from './cases.ts';
import { type Corpus, SERVER } from './corpus.ts';
import { HANDSHAKE, MESSAGES, REQUESTS } from './documents.ts';
import { mutate, mutations } from './mutations.ts';

type Kind = fc.Arbitrary<Partial<Case>>;

const some = (samples: readonly string[], corpus: Corpus, most = 2) =>
  fc.tuple(fc.constantFrom(...samples), mutations(most)).map(([text, changes]) => mutate(text, changes, corpus.all));

const CONFIG = Buffer.from(`api: victims\napis: { victims: { baseUrl: "${SERVER}", key: abcdefgh12345678 } }\n`);

/** Messages of an assistant. */
export function mcpCases(corpus: Corpus): Kind {
  const line = fc.oneof(
    some(MESSAGES, corpus),
    fc.constantFrom(...MESSAGES).map((text) => Buffer.from(text)),
  );
  return fc.record({
    files: fc.record({ '.errproberc.yaml': fc.constant(CONFIG), 'app.log': some(corpus.lines, corpus) }),
    answer: some(corpus.answers, corpus),
    input: fc
      .tuple(
        fc.oneof(some(HANDSHAKE, corpus, 1), fc.constant(Buffer.alloc(0))),
        fc.array(line, { minLength: 1, maxLength: 4 }),
      )
      .map(([first, rest]) => Buffer.from([...HANDSHAKE, first, ...rest, ''].map(String).join('\n'))),
    argv: fc.constantFrom(['mcp'], ['mcp', '--allow-call', '--allow-folder', '.']),
  });
}

/** A mock, and the bytes that are sent to it. */
export function mockCases(corpus: Corpus): Kind {
  return fc.record({
    files: fc.record({
      'c.yaml': fc.oneof(
        some(corpus.catalogs, corpus),
        fc.constantFrom(...corpus.catalogs).map((text) => Buffer.from(text)),
      ),
      '.errproberc.yaml': fc.constant(Buffer.from('catalogs: [c.yaml]\n')),
    }),
    answer: some(REQUESTS, corpus, 3),
    argv: some(['429,key-locked,200'], corpus, 1).map((script) => ['mock', 'victims', '--script', script.toString()]),
  });
}

/** Errors in several files and folders. */
export function severalCases(corpus: Corpus): Kind {
  const saved = some(corpus.saved.flat(), corpus);
  return fc.record({
    files: fc.record({ 'a.json': saved, 'in/b.txt': saved, 'in/c.log': saved }),
    input: saved,
    argv: fc.constantFrom(
      ['explain', 'a.json', 'in'],
      ['explain', 'in', '--format', 'json'],
      ['explain', '-', 'a.json', '429', '--brief'],
      ['explain', 'a.json', 'in/b.txt', '--exit-status', '-v', '--api', 'victims'],
    ),
  });
}

/** Commands that write, list or complete what is configured. */
export function setupCases(corpus: Corpus): Kind {
  const word = some(['my-api', 'https://api.example.com/v1', 'header:X-Key', 'MY_API_KEY'], corpus, 1);
  return fc
    .record({
      words: fc.array(word, { minLength: 4, maxLength: 4 }).map((all) => all.map(String)),
      config: some(corpus.configs, corpus, 3),
      kept: some(corpus.kept, corpus),
      form: fc.nat(99),
    })
    .map(({ words, config, kept, form }) => {
      const [name = '', url = '', auth = '', env = ''] = words;
      const lines = [
        ['init', name, '--base-url', url, '--auth', auth, '--env', env, '--yes'],
        ['init'],
        ['init', 'github', '--yes', '--user'],
        ['apis'],
        ['apis', '--format', 'json', '--profile', 'p'],
        ['apis', '--known', '--format', 'json'],
        ['history'],
        ['history', '--format', 'json'],
        ['completion', '--complete', '--', 'call', '--api', name, url],
        ['completion', '--complete', '--empty', '--', 'explain'],
        ['completion', '--complete', '--', auth],
        ['doctor', '--online', '--timeout', '2s'],
        ['audit', 'victims', '--timeout', '2s', '--format', 'json'],
      ];
      const argv = lines[form % lines.length] ?? [];
      return {
        argv,
        files: {
          // A changed host must not be looked up.
          ...(argv[0] === 'init' ? {} : { '.errproberc.yaml': argv.includes('--online') ? CONFIG : config }),
          'state/errprobe/calls/2026-03-01T12-00-00-000Z-abcdef.json': kept,
        },
        input: Buffer.from([name, url, auth, env, ...words].join('\n')),
        answer: Buffer.from('HTTP/1.1 404 No\r\n\r\n{}'),
      };
    });
}
