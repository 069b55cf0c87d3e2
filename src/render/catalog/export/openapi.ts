import { type ShownEntry, shownEntry } from '../../../catalogs/entry-report.ts';
import { exampleOf } from '../../../catalogs/lint.ts';
import { sampleBody } from '../../../catalogs/sample.ts';
import { statusPhrase } from '../../../diagnosis/status.ts';
import { keysOf, valueAt } from '../../../json/pointer.ts';
import type { Catalog, Entry, StatusPattern } from '../../../model/catalog.ts';
import { printYaml } from '../../../schema/edit-yaml.ts';
import { code } from '../../markdown.ts';
import { visibleLine } from '../../text.ts';
import { retryVerdict } from '../../words.ts';

/** Entries with the same status, and what each shows. */
interface Answer {
  status: StatusPattern | null;
  entries: { entry: Entry; shown: ShownEntry; body: unknown }[];
}

/**
 * An OpenAPI 3.1 document with a response for each status, to refer to or to paste:
 * `#/components/responses/Error429`. Each entry is an example of the response.
 */
export function renderOpenApi(catalog: Catalog): string {
  const answers = answersOf(catalog);
  return printYaml({
    openapi: '3.1.0',
    info: { title: `${visibleLine(catalog.name)}: errors`, version: '1.0.0' },
    ...(catalog.baseUrl === undefined ? {} : { servers: [{ url: catalog.baseUrl }] }),
    components: {
      responses: Object.fromEntries(
        answers.map((answer) => [`Error${answer.status ?? ''}`.replace('xx', 'XX'), responseOf(answer, catalog)]),
      ),
    },
  });
}

function answersOf(catalog: Catalog): Answer[] {
  const byStatus = new Map<StatusPattern | null, Answer>();
  for (const entry of catalog.entries) {
    const { status, failure, phase } = entry.match;
    // A failure without a response has none to describe.
    if (failure !== undefined || phase !== undefined) continue;
    const shown = shownEntry({ catalog, entry });
    const body = exampleOf(entry) ?? sampleBody(entry, catalog);
    for (const one of status ?? [null]) {
      const answer = byStatus.get(one) ?? { status: one, entries: [] };
      answer.entries.push({ entry, shown, body });
      byStatus.set(one, answer);
    }
  }
  return [...byStatus.values()].sort((a, b) => String(a.status).localeCompare(String(b.status)));
}

function responseOf({ status, entries }: Answer, catalog: Catalog): object {
  const phrase = typeof status === 'number' ? statusPhrase(status) : '';
  const lines = entries.map(({ shown }) => `- ${nameOf(shown)}${plain(shown.title)}`);
  const headers = Object.assign({}, ...entries.map(({ entry }) => entry.headers)) as Record<string, string>;
  const isText = (body: unknown) => typeof body === 'string';
  const json = entries.filter(({ body }) => body !== undefined && !isText(body));
  const text = entries.filter(({ body }) => isText(body));
  const type = catalog.envelope.code === '/type' ? 'application/problem+json' : 'application/json';
  return {
    description: [phrase, ...lines].filter((line) => line !== '').join('\n'),
    ...(Object.keys(headers).length === 0
      ? {}
      : {
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, example]) => [name, { schema: { type: 'string' }, example }]),
          ),
        }),
    ...(json.length + text.length === 0
      ? {}
      : {
          content: {
            ...(json.length === 0 ? {} : { [type]: { schema: schemaOf(json, catalog), examples: examplesOf(json) } }),
            ...(text.length === 0 ? {} : { 'text/plain': { examples: examplesOf(text) } }),
          },
        }),
  };
}

/** The code of an entry, to begin a line with. */
function nameOf({ match }: ShownEntry): string {
  const names = [...(match.code ?? []), ...(match.subcode ?? [])];
  return names.length === 0 ? '' : `${names.map(code).join(', ')}: `;
}

function examplesOf(entries: Answer['entries']): object {
  return Object.fromEntries(
    entries.map(({ entry, shown, body }) => [
      entry.id,
      { summary: visibleLine(shown.title), description: descriptionOf(shown), value: body },
    ]),
  );
}

/** Cause, steps and retry advice, as CommonMark. */
function descriptionOf({ cause, resolution, retry }: ShownEntry): string {
  const steps = resolution.map(({ text }, i) => (resolution.length === 1 ? plain(text) : `${i + 1}. ${plain(text)}`));
  return [plain(cause.text), steps.join('\n'), `Retry? ${retryVerdict(retry)}: ${plain(retry.reason.text)}.`].join(
    '\n\n',
  );
}

/** The schema of bodies, from the envelope: the codes of the response, and where the texts are. */
function schemaOf(entries: Answer['entries'], { envelope }: Catalog): object {
  const codes = [...new Set(entries.map(({ body }) => valueAt(body, envelope.code ?? '/')))];
  const isKnown = envelope.code !== undefined && codes.every((code) => code !== undefined);
  const parts: [pointer: string | undefined, schema: object][] = [
    [envelope.code, isKnown ? { enum: codes } : {}],
    [envelope.subcode, {}],
    [envelope.message, { type: 'string' }],
    [envelope.status, {}],
    [envelope.requestId, {}],
  ];
  let schema: object = { type: 'object' };
  for (const [pointer, leaf] of parts) {
    const keys = pointer === undefined ? [] : keysOf(pointer);
    if (keys.length > 0 && keys.every((key) => !/^\d+$/.test(key))) schema = withProperty(schema, keys, leaf);
  }
  // Bodies that do not have the shape of the envelope are documented, too.
  return entries.every(({ body }) => typeof body === 'object' && !Array.isArray(body)) ? schema : {};
}

function withProperty(
  schema: { properties?: Record<string, object> },
  [key = '', ...rest]: string[],
  leaf: object,
): object {
  const inner = schema.properties?.[key] ?? {};
  const value = rest.length === 0 ? leaf : withProperty({ type: 'object', ...inner } as object, rest, leaf);
  return { ...schema, properties: { ...schema.properties, [key]: value } };
}

/**
 * A text as CommonMark that shows it, with as few escapes as possible: it is read in the YAML, too.
 */
function plain(text: string): string {
  return visibleLine(text)
    .replaceAll(/[\\`*<>[\]|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w+;)/gu, '\\$&')
    .replace(/^(\d*)([-+=#.)])/, '$1\\$2');
}
