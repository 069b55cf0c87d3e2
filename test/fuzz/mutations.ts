import * as fc from 'fast-check';

/** A change to a text; positions are fractions of its length, so that a change fits any text. */
export type Mutation =
  | { kind: 'bytes'; at: number; length: number; bytes: Uint8Array }
  | { kind: 'repeat'; at: number; length: number; times: number }
  | { kind: 'token'; at: number; to: string }
  | { kind: 'splice'; at: number; length: number; from: number; start: number }
  | { kind: 'node'; at: number; to: unknown };

/** Texts that have broken readers, or might. */
const WORDS = [
  ...['', ' ', 'null', 'true', '{}', '[]', '""', '0', '-1', '0.5', '1e300', '1e400', '-0', '00', 'NaN', 'Infinity'],
  ...['9000000000000', '99999999999999999999', '8640000000000001', '-8640000000000001', '1e15', '2147483648'],
  ...['{id}', '{{id}}', '${HOME}', '${NOWHERE}', '__proto__', 'constructor', 'toString', 'length', 'hasOwnProperty'],
  ...[
    '\0',
    '\uFEFF',
    '\uD800',
    '\u202E',
    '\u001B[2J',
    '\u009B',
    '\r\n',
    '\n\n',
    '\t',
    '%',
    '%00',
    '%E0%A4%A',
    '\\u0000',
  ],
  ...['http://', 'https://', 'http://[', 'http://a:b@', '//', '//[', '/\\', 'file:///etc/passwd', '::1', '?', '#', '*'],
  ...['*a', '&a [*a, *a]', '!!binary x', '!!set {a}', '<<: *a', '---\n', '? a\n: b', '|', '>', '%YAML 9.9\n', '!<'],
  ...['::stop-commands::x', '##[error]', '$(id)', '`id`', "';", '=1+1', '<script>', ']]>', '<!--', '&#0;', '&amp;'],
  ...[
    '269999999999Z',
    'Thu, 01 Jan 275760 00:00:00 GMT',
    '+275760-09-13T00:00:01Z',
    '0000-00-00T00:00:00Z',
    '1970-01-01',
  ],
  ...[
    'Retry-After: 9000000000000\r\n',
    'Retry-After: Fri, 31 Dec 275760 23:59:59 GMT\r\n',
    'Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n',
  ],
  ...[
    'RateLimit: "a";r=0;t=999999999999999\r\n',
    'X-Retry-In: 99999999999999999999h\r\n',
    'Allow: ;,(\r\n',
    'Location: //[\r\n',
  ],
  ...[
    'HTTP/1.1 100 Continue\r\n\r\n',
    'HTTP/1.1 429 x\n\n',
    'Transfer-Encoding: chunked\r\n',
    'Content-Encoding: br\r\n',
  ],
  ...[
    'Content-Type: application/json; charset=utf-16\r\n',
    'Set-Cookie: a\r\n',
    'Connection: upgrade\r\nUpgrade: x\r\n',
  ],
  ...[
    'try again in 9e20 hours',
    'try again in 99999999999999999999h',
    'status 429',
    'ECONNREFUSED',
    'certificate has expired',
  ],
  ...[
    '['.repeat(20_000),
    '{"a":'.repeat(5000),
    '/'.repeat(20_000),
    ' '.repeat(20_000),
    'a'.repeat(30_000),
    '"'.repeat(5000),
  ],
  ...['{'.repeat(3000), '<a>'.repeat(3000), '- '.repeat(2000), 'é'.repeat(9000), '\n'.repeat(9000), '\\'.repeat(9000)],
];

const deep = (levels: number): unknown => {
  let value: unknown = 1;
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
};

/** Values that most often turn up where another was expected. */
const PLAIN: unknown[] = [null, true, 0, -1, 0.5, 1e300, '', 'x', [], {}, [null], [0.5], { a: null }];

/** Replacement values. */
const NODES: unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    0.5,
    1e300,
    8.64e15,
    8.65e15,
    -8.65e15,
    9e12,
    2 ** 53,
    '',
    ' ',
    [],
    {},
    [null],
    [[]],
    {},
  ],
  ...[{ a: null }, [0.5], ['a'], { toString: 1 }, { length: -1 }, { length: 1e9 }, { code: {} }, { message: [] }],
  ...[{ name: 'a', value: null }, { name: null }, { schema: 'errprobe/report@1', results: [null] }, { type: 'Buffer' }],
  ...WORDS,
];

/** Not `fc.double`, most of whose values are close to 0. */
const place = fc.nat(99_999).map((n) => n / 100_000);
const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  { weight: 2, arbitrary: fc.oneof(fc.integer(), fc.double(), fc.bigInt()).map(String) },
);

/** Replaces one value; the text remains JSON. */
const nodeMutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constant('node' as const),
  at: place,
  to: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...PLAIN) },
    { weight: 3, arbitrary: fc.constantFrom(...NODES, deep(20_000)) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  ),
});

/** A mutation; shrinking gives simpler ones. */
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({
    kind: fc.constant('bytes' as const),
    at: place,
    length: fc.nat(8),
    bytes: fc.uint8Array({ maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant('repeat' as const),
    at: place,
    length: fc.integer({ min: 1, max: 40 }),
    times: fc.constantFrom(2, 5, 50, 500),
  }),
  fc.record({ kind: fc.constant('token' as const), at: place, to: word }),
  fc.record({
    kind: fc.constant('splice' as const),
    at: place,
    length: fc.nat(200),
    from: fc.nat(10_000),
    start: place,
  }),
  nodeMutation,
);

/** One or more mutations; half of the lists preserve JSON, so that they get past the parser. */
export function mutations(most: number): fc.Arbitrary<Mutation[]> {
  const lengths = { minLength: 1, maxLength: most };
  return fc.oneof(fc.array(nodeMutation, lengths), fc.array(mutation, lengths));
}

/** The most bytes that mutations may produce, which keeps cases short. */
const LONGEST = 100_000;

/** A text after mutations, as bytes: it may be invalid UTF-8. */
export function mutate(text: string | Buffer, mutations: Mutation[], corpus: readonly string[]): Buffer {
  let bytes: Buffer = Buffer.from(text as string);
  for (const one of mutations) bytes = (changed(bytes, one, corpus) as Buffer).subarray(0, LONGEST);
  return bytes;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.]*|[\p{L}_][\p{L}\p{N}_-]*|\s+|[^\s]/gu;

function changed(bytes: Buffer, mutation: Mutation, corpus: readonly string[]): Buffer {
  const at = Math.floor(mutation.at * bytes.length);
  const replace = (length: number, by: Uint8Array) =>
    Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(at + length)]);
  switch (mutation.kind) {
    case 'bytes':
      return replace(mutation.length, mutation.bytes);
    case 'repeat': {
      const piece = bytes.subarray(at, at + mutation.length);
      return replace(0, Buffer.concat(Array.from({ length: mutation.times }, () => piece)));
    }
    case 'splice': {
      const other = Buffer.from(corpus[mutation.from % corpus.length] ?? '');
      const start = Math.floor(mutation.start * other.length);
      return replace(mutation.length, other.subarray(start, start + mutation.length));
    }
    case 'token': {
      const tokens = bytes.toString().match(TOKEN) ?? [];
      const i = Math.floor(mutation.at * tokens.length);
      return Buffer.from([...tokens.slice(0, i), mutation.to, ...tokens.slice(i + 1)].join(''));
    }
    case 'node':
      return Buffer.from(withNode(bytes.toString(), mutation.at, mutation.to));
  }
}

/** JSON with one value replaced; any other text is unchanged. */
function withNode(text: string, at: number, to: unknown): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  const places: [holder: object, key: string][] = [];
  const holders: object[] = [{ root: value }];
  const [root] = holders as [{ root: unknown }];
  for (let holder = holders.pop(); holder !== undefined; holder = holders.pop()) {
    for (const [key, inner] of Object.entries(holder)) {
      places.push([holder, key]);
      if (typeof inner === 'object' && inner !== null) holders.push(inner);
    }
  }
  const [holder, key] = places[Math.floor(at * places.length)] as [object, string];
  Object.defineProperty(holder, key, { value: to, enumerable: true, configurable: true, writable: true });
  try {
    return JSON.stringify(root.root) ?? text;
  } catch {
    return '['.repeat(20_000) + ']'.repeat(20_000);
  }
}
