import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { statusPhrase } from '../diagnosis/status.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Headers } from '../model/exchange.ts';
import { type Answer, answerTo, errorAnswer, type Step } from './answer.ts';

/** A running mock. */
export interface Mock {
  /** `http://127.0.0.1:<port>` */
  url: string;
  close(): Promise<void>;
}

/** The most characters of a body to look at. */
const MOST_OF_BODY = 1024 * 1024;

/** Receives each request and its response's status, for display. */
export type Watcher = (request: string, status: number) => void;

/**
 * Serves an API from its catalog on 127.0.0.1: first the responses of the script, then what each
 * request deserves.
 *
 * @param port 0 for any free one
 * @throws the system's error when the port cannot be used
 */
export async function startMock(
  catalog: Catalog,
  script: Step[],
  port: number,
  watch: Watcher = () => {},
): Promise<Mock> {
  const steps = [...script];
  const server = createServer((request, response) => {
    const method = request.method ?? 'GET';
    const { path, query } = targetOf(request.url ?? '/');
    const step = steps.shift() ?? null;
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      if (body.length < MOST_OF_BODY) body += chunk;
    });
    request.once('end', () => {
      const headers = request.headers as Headers;
      const answer =
        step === null ? answerTo({ method, path, query, headers, body }, catalog) : scripted(step, catalog);
      send(response, method, answer);
      watch(`${method} ${path}`, answer.status);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A connection that cannot be accepted for lack of descriptors only affects that client.
  server.on('error', () => {});
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, method: string, { status, headers, body }: Answer): void {
  // A text, such as XML, is the body itself; a string as JSON would come with its type.
  const isText = typeof body === 'string' && !/json/.test(headers['content-type'] ?? '');
  const text = body === undefined || status === 204 ? '' : isText ? body : JSON.stringify(body);
  const type = !isText ? 'application/json' : /^\s*</.test(body) ? 'application/xml' : 'text/plain; charset=utf-8';
  response.writeHead(status, statusPhrase(status), {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(method === 'HEAD' ? '' : text);
}

/**
 * Path and query of a request target (RFC 9112, section 3.2), verbatim: it need not be a valid URL,
 * and `//` would start a host.
 */
function targetOf(target: string): { path: string; query: string } {
  const [whole = ''] = target.replace(/^https?:\/\/[^/?#]*/i, '').split('#');
  const [path = '', ...query] = whole.split('?');
  return { path: path === '' ? '/' : path, query: query.join('?') };
}

function scripted(step: NonNullable<Step>, catalog: Catalog): Answer {
  if ('entry' in step) return errorAnswer(step.entry, step.status, catalog);
  // For an undocumented status, no part of the API's envelope would be right.
  return { status: step.status, headers: {}, body: {} };
}
