import type { Catalog, Entry } from '../../model/catalog.ts';
import type { Request } from '../../model/exchange.ts';

/** A request, as far as it tells which operation it calls. */
export type Called = Pick<Request, 'method' | 'url'>;

/**
 * Whether a request calls an operation that a document names, `POST /crates/{id}`. The path follows
 * that of the base URL, if there is one.
 */
export function callsOperation(
  { method, url }: Called,
  operation: string,
  { baseUrl }: Pick<Catalog, 'baseUrl'>,
): boolean {
  const [verb = '', template = ''] = operation.split(' ', 2);
  if (verb !== method.toUpperCase()) return false;
  const path = pathOf(url);
  const base = baseUrl === undefined ? '' : pathOf(baseUrl);
  return isPath(path, template) || (base !== '' && isPath(path, base + template));
}

/** A request to the first operation that an entry is about; null for an entry about any. */
export function sampleCall({ match }: Pick<Entry, 'match'>): Called | null {
  const [method = '', url = ''] = match.operation?.[0]?.split(' ', 2) ?? [];
  return method === '' ? null : { method, url };
}

/** The path of an address or of a path, without a slash at its end. */
function pathOf(url: string): string {
  const path = url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').split(/[?#]/, 1)[0] ?? '';
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

function isPath(path: string, template: string): boolean {
  const parts = path.split('/');
  const wanted = pathOf(template).split('/');
  return (
    parts.length === wanted.length && wanted.every((part, i) => part === parts[i] || isPlaceholder(part, parts[i]))
  );
}

/** `{id}` stands for any part of a path; `{id}.json` for one that ends so. */
function isPlaceholder(part: string, value = ''): boolean {
  const [start, end] = [part.indexOf('{'), part.lastIndexOf('}')];
  if (start < 0 || end < start) return false;
  const [before, after] = [part.slice(0, start), part.slice(end + 1)];
  return value.length > before.length + after.length && value.startsWith(before) && value.endsWith(after);
}
