import type { OutgoingHttpHeaders } from 'node:http';

/** A server's response. */
export interface Answer {
  status: number;
  headers: OutgoingHttpHeaders;
  body: string | Buffer;
  /** The places that hold the text: names of headers, and each of its occurrences in the body. */
  places: string[];
}

const STATUSES = [401, 400, 403, 404, 409, 422, 429, 500, 503];

/**
 * Bodies with a text in places that errprobe reads differently: as the code, the message, a field,
 * an id, a name.
 */
const BODIES: ((text: string) => [type: string, body: string | Buffer])[] = [
  (text) => [
    'application/json',
    JSON.stringify({ error: { code: text, message: `Bad key ${text}.`, request_id: text }, [text]: 1 }),
  ],
  (text) => [
    'text/html',
    `<html><head><title>${text}</title></head><body><h1>Bad key</h1><p>${text}</p></body></html>`,
  ],
  (text) => ['application/xml', `<?xml version="1.0"?><Error><Code>Bad</Code><Message>${text}</Message></Error>`],
  (text) => ['text/plain', `Error: ${text} was refused; ${text}`],
  (text) => ['application/json', `{"message":"bad ${text}","errors":[{"field":"${text}","message":"is ${text}"}]}`],
  (text) => [
    'application/problem+json',
    JSON.stringify({ type: `https://x.example/${text}`, title: text, detail: `was ${text}`, instance: text }),
  ],
  (text) => [
    'application/json',
    JSON.stringify({ errors: { [text]: [`${text} is wrong`] }, detail: `${text} expired` }),
  ],
];

/** With two bytes per character no escape is recognised. */
const inUtf16 = (text: string): [type: string, body: string | Buffer] => [
  'text/plain; charset=utf-16le',
  Buffer.from(`Error: ${text} was refused`, 'utf16le'),
];

/** A response with a text in its headers and its body; `n` chooses how. */
export function answerWith(text: string, n: number): Answer {
  const plain = /^[\w+/.:-]+$/.test(text);
  const shape = plain && n % 9 === 0 ? inUtf16 : (BODIES[n % BODIES.length] as (typeof BODIES)[number]);
  const [type, body] = shape(text);
  const occurrences = String(shape('MARK')[1]).replaceAll('\0', '').split('MARK').length - 1;
  const carried = /^[\t\x20-\x7e\xa0-\xff]*$/.test(text)
    ? {
        'x-echo': text,
        'x-request-id': text,
        'set-cookie': [`k=${text}; Path=/`, 'theme=dark'],
        'www-authenticate': `Bearer realm="${text.replaceAll(/["\\]/g, '\\$&')}"`,
        ...(n % 5 === 4 ? { location: `/next/${text}`, 'retry-after': text } : {}),
      }
    : {};
  const status = n % 5 === 4 ? 308 : (STATUSES[n % STATUSES.length] as number);
  // Every shape of a body has a name of its own.
  const inBody = Array.from({ length: occurrences }, (_, i) => `body ${BODIES.indexOf(shape)}.${i}`);
  return { status, headers: { 'content-type': type, ...carried }, body, places: [...Object.keys(carried), ...inBody] };
}
