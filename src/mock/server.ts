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

/** The mock looks at no more than that of a body, in characters. */
const MOST_OF_BODY = 1024 * 1024;

/** What a request was answered with, for those who watch. */
export type Watcher = (request: string, status: number) => void;

/**
 * Serves an API from its catalog on 127.0.0.1: the answers of the script in turn, then what each request deserves.
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
  // A connection that cannot be accepted, for lack of descriptors, is that client's loss.
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
  const text = body === undefined || status === 204 ? '' : JSON.stringify(body);
  response.writeHead(status, statusPhrase(status), {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(method === 'HEAD' ? '' : text);
}

/**
 * Path and query of a request target (RFC 9112, section 3.2), as it was sent: what a client writes there need not be a
 * URL, and `//` would begin a host.
 */
function targetOf(target: string): { path: string; query: string } {
  const [whole = ''] = target.replace(/^https?:\/\/[^/?#]*/i, '').split('#');
  const [path = '', ...query] = whole.split('?');
  return { path: path === '' ? '/' : path, query: query.join('?') };
}

function scripted(step: NonNullable<Step>, catalog: Catalog): Answer {
  if ('entry' in step) return errorAnswer(step.entry, step.status, catalog);
  // A status that the API does not document: nothing of its envelope would be right.
  return { status: step.status, headers: {}, body: {} };
}
