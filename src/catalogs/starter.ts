import type { Catalog, Envelope } from '../model/catalog.ts';
import type { Category } from '../model/words.ts';
import { printYaml } from '../schema/edit-yaml.ts';
import { newClaim } from './import/claims.ts';
import { exampleOf } from './import/example.ts';
import { catalogOf } from './import/import.ts';

/** An error that somebody saved, as errprobe reads it. */
export interface SeenError {
  status: number | null;
  code: string | null;
  subcode: string | null;
  message: string | null;
  category: Category;
  /** The body; text for one that is no JSON. */
  body: unknown;
  /** The URL of the request, if it is known. */
  url: string | null;
}

/** How the section of an entry begins that no document has yet. */
export const NOT_DOCUMENTED = 'not documented';

/** An entry as a file has it. */
export type SeenEntry = Record<string, unknown> & { id: string };

/** An entry for an error of which nothing is documented yet, and the shape of its body. */
export interface Seen {
  entry: SeenEntry;
  envelope: Envelope;
}

/**
 * An entry that matches an error, and where in its body code, message, status and request ID stand; what causes it and
 * what to do is left to those who know. Null for an error by which nothing could be recognized.
 *
 * @param source the document that it cites
 * @param taken IDs of other entries
 */
export function entryOf(
  seen: SeenError,
  http: Catalog,
  source: { doc: string; section: string },
  taken: string[] = [],
): Seen | null {
  const { status, code, subcode, message, category, body } = seen;
  if (status === null && code === null) return null;
  const examples = exampleOf(body, status);
  const title = message === null || message.length > 90 ? null : message.replaceAll(/[{}]/g, '');
  const claim = {
    ...newClaim(source.section),
    statuses: status === null ? [] : [status],
    codes: code === null ? [] : [code],
    subcodes: subcode === null ? [] : [subcode],
    // Without a code, the message names the entry.
    messages: code === null && message !== null ? [message] : [],
    title,
    examples,
  };
  const read = { claims: [claim], rules: [], bodies: examples, left: [], facts: {}, title: null, notes: [] };
  const { entries, envelope } = catalogOf([read], http);
  const [made] = entries;
  if (made === undefined) return null;
  const match = Object.fromEntries(Object.entries(made.match).map(([name, value]) => [name, (value as unknown[])[0]]));
  return {
    envelope,
    entry: {
      id: freeId(made.id, taken),
      // Without a code, only the message tells it from others of its status.
      match: code === null && message !== null ? { ...match, message: templateOf(message) } : match,
      category,
      title: made.title,
      source,
      // No documentation shows it, so it is no example.
      ...(typeof body === 'object' && body !== null ? { sample: body } : {}),
    },
  };
}

function freeId(id: string, taken: string[]): string {
  if (!taken.includes(id)) return id;
  for (let n = 2; ; n++) if (!taken.includes(`${id}-${n}`)) return `${id}-${n}`;
}

/** A message as a template: numbers, IDs and quoted names differ from error to error. */
export function templateOf(message: string): string {
  let n = 0;
  return message
    .slice(0, 300)
    .replaceAll(/[{}]/g, '')
    .replaceAll(
      /(["'`“])[^"'`“”]{1,100}(["'`”])|\b[\da-f]{8}(?:-[\da-f]{4,12}){2,4}\b|\b\w{0,20}\d\w{0,40}\b/gi,
      (_, open = '', close = '') => {
        n++;
        return `${open}{value${n === 1 ? '' : n}}${close}`;
      },
    );
}

/** The parts of a new catalog. */
export interface Starter {
  id: string;
  name: string;
  seen: Seen;
  /** The environment variable for the key. */
  variable: string;
  /** The origin of the request, if it is known. */
  origin: string | null;
}

/** A catalog with one entry, and comments that say what is to be added. */
export function starterText({ id, name, seen: { entry, envelope }, variable, origin }: Starter): string {
  const host = origin === null ? 'api.example.com' : new URL(origin).host;
  const known = origin === null ? '# ' : '';
  const head = printYaml({ id, name, version: 2, docs: { guide: { title: `${name}, Errors` } } });
  const shape =
    Object.keys(envelope).length === 0 ? '# envelope: { code: /code, message: /message }\n' : printYaml({ envelope });
  return `# What the ${name} says about its errors. docs/catalogs.md of errprobe describes the format;
# errprobe catalog lint checks it.
${head}    # address: https://example.com/docs/errors
    # date: 2026-01-31                       # the day on which you read it
${known}hosts: [${host}]
${known}baseUrl: ${origin ?? 'https://api.example.com'}
# auth: { header: Authorization, value: "Bearer {key}", env: ${variable} }
${shape}${printYaml({ entries: [entry] })}    # cause: Why it happens, in a sentence.
    # resolution: [What to do first., What to do then.]
    # retry: { advice: never, reason: the request stays wrong }     # or backoff, wait, after-action
`;
}
