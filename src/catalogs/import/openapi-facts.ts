import { type JsonRecord, recordOf } from '../../json/record.ts';
import type { RequiredHeader } from '../../model/catalog.ts';
import type { SourceRead } from './import.ts';
import { operationsOf } from './openapi-responses.ts';
import type { Walker } from './refs.ts';

/** What a document says about an API besides its errors: name, address, and how the key is sent. */
export function factsOf(document: JsonRecord, walker: Walker): SourceRead['facts'] {
  const facts: SourceRead['facts'] = {};
  const { title } = recordOf(document.info);
  if (typeof title === 'string' && title !== '') facts.name = title;
  const url = addressOf(document);
  if (url !== null) {
    facts.baseUrl = url.href.replace(/\/$/, '');
    facts.hosts = [url.host];
  }
  const auth = authOf(document, walker);
  if (auth !== null) facts.auth = auth;
  const required = requiredHeadersOf(document, walker).filter(
    ({ name }) => name.toLowerCase() !== auth?.header.toLowerCase(),
  );
  if (required.length > 0) facts.requiredHeaders = required;
  return facts;
}

function addressOf(document: JsonRecord): URL | null {
  const server = Array.isArray(document.servers) ? recordOf(document.servers[0]).url : undefined;
  const scheme = Array.isArray(document.schemes)
    ? document.schemes.includes('https')
      ? 'https'
      : document.schemes[0]
    : 'https';
  const written =
    typeof server === 'string'
      ? server
      : typeof document.host === 'string'
        ? `${scheme}://${document.host}${document.basePath ?? ''}`
        : '';
  if (written.includes('{')) return null;
  try {
    const url = new URL(written);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** The first scheme that sends a key in a header. */
function authOf(document: JsonRecord, walker: Walker): SourceRead['facts']['auth'] | null {
  const schemes = recordOf(recordOf(document.components).securitySchemes ?? document.securityDefinitions);
  for (const written of Object.values(schemes)) {
    const scheme = walker.resolve(written);
    const env = 'API_KEY';
    if (scheme?.type === 'apiKey' && scheme.in === 'header' && typeof scheme.name === 'string') {
      // An Authorization header has a scheme of its own before the key, which only the description tells.
      const word = /^authorization$/i.test(scheme.name)
        ? /\b(Bearer|Token|Api-Key|ApiKey|Bot)\b/.exec(String(scheme.description ?? ''))?.[1]
        : undefined;
      return { header: scheme.name, value: word === undefined ? '{key}' : `${word} {key}`, env, documented: true };
    }
    if (scheme?.type === 'http' && /^bearer$/i.test(String(scheme.scheme)))
      return { header: 'Authorization', value: 'Bearer {key}', env, documented: true };
  }
  return null;
}

/** Headers that requests need for other reasons; OpenAPI ignores such parameters. */
const OF_HTTP = /^(?:accept|authorization|content-type|content-length|host|user-agent)$/i;

/** The headers that every operation requires. */
function requiredHeadersOf(document: JsonRecord, walker: Walker): RequiredHeader[] {
  const operations = operationsOf(document, walker).filter(({ pointer }) => pointer.startsWith('#/paths/'));
  const counts = new Map<string, { header: RequiredHeader; count: number }>();
  for (const { operation, item } of operations) {
    const own = new Map<string, RequiredHeader>();
    for (const written of [item.parameters, operation.parameters].flat()) {
      const parameter = walker.resolve(written);
      if (parameter?.in !== 'header' || typeof parameter.name !== 'string' || OF_HTTP.test(parameter.name)) continue;
      const format = walker.resolve(parameter.schema)?.format ?? parameter.format;
      const header = { name: parameter.name, ...(format === 'uuid' ? { format } : {}) } as RequiredHeader;
      if (parameter.required === true) own.set(parameter.name.toLowerCase(), header);
      else own.delete(parameter.name.toLowerCase());
    }
    for (const [name, header] of own) counts.set(name, { header, count: (counts.get(name)?.count ?? 0) + 1 });
  }
  return [...counts.values()].filter(({ count }) => count === operations.length).map(({ header }) => header);
}
