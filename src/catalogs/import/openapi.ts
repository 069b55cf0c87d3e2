import { statusPhrase } from '../../diagnosis/status.ts';
import { type JsonRecord, recordOf } from '../../json/record.ts';
import { saysMore } from '../says-more.ts';
import { addText, type Claim, newClaim, push } from './claims.ts';
import { exampleOf } from './example.ts';
import { readPage, type SourceRead } from './import.ts';
import { readMarkdown } from './markdown.ts';
import { codesInSchema, pairInSchema } from './openapi-codes.ts';
import { factsOf } from './openapi-facts.ts';
import { byOperation } from './openapi-operations.ts';
import { type ResponseGroup, responseGroups } from './openapi-responses.ts';
import { type OpenDocument, Walker } from './refs.ts';
import { readRegistry } from './registry.ts';
import { isTellingCode } from './subject.ts';

/** Whether a value is an OpenAPI or Swagger document. */
export function isOpenApi(value: unknown): value is JsonRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    ('openapi' in value || 'swagger' in value) &&
    ('paths' in value || 'components' in value || 'webhooks' in value)
  );
}

/** The most causes that a status keeps from the descriptions of its operations. */
const MOST_CAUSES = 12;

/** Reads the error responses of an OpenAPI document, version 2.0, 3.0 or 3.1. */
export function readOpenApi(document: JsonRecord, path: string, open: OpenDocument): SourceRead {
  const walker = new Walker(document, path, open);
  const read: SourceRead = {
    claims: [],
    rules: [],
    bodies: [],
    left: [],
    facts: factsOf(document, walker),
    title: null,
    notes: [],
  };
  const { title } = recordOf(document.info);
  read.title = typeof title === 'string' ? title : null;
  const groups = responseGroups(document, walker);
  const seen = new Set<unknown>();
  for (const group of groups) readGroup(group, walker, read, seen);
  read.claims.push(...byOperation(read.claims));
  for (const claim of registriesOf(document, path)) read.claims.push(claim);
  read.claims.push(...namedSchemas(document, walker, seen));
  for (const body of componentExamples(document, walker)) {
    const [example] = exampleOf(body);
    if (example === undefined || (example.code === null && example.status === null)) continue;
    read.bodies.push(example);
    read.claims.push({
      ...newClaim('Components'),
      statuses: example.status === null ? [] : [example.status],
      codes: example.code === null ? [] : [example.code],
      title: example.message?.slice(0, 80) ?? null,
      examples: [example],
    });
  }
  limitCauses(read.claims);
  if (walker.unresolved.size > 0)
    read.left.push({
      what: `${walker.unresolved.size} references, such as ${[...walker.unresolved][0]}`,
      why: 'they lead to nothing in the files given',
    });
  for (const what of walker.outside)
    read.left.push({
      what: `reference ${what}`,
      why: 'it leads out of the folder of the document; copy the file into it, or import from a folder above both',
      isForPerson: true,
    });
  return read;
}

function readGroup(
  { statuses, response, description, pointer, operations }: ResponseGroup,
  walker: Walker,
  read: SourceRead,
  seen: Set<unknown>,
): void {
  const name = operations[0]?.name ?? '';
  const section = operations.length > 1 ? `${name} and ${operations.length - 1} more` : name;
  const base = (): Claim => ({ ...newClaim(section, pointer), statuses: [...statuses], saidOf: operations });
  const own = base();
  const [status] = statuses;
  if (typeof status === 'number') own.title = statusPhrase(status) || null;
  const text = description.trim();
  const converted = statuses.length === 0 && isTellingCode(text) ? [text] : [];
  if (converted.length > 0) own.codes = converted;
  else if (/\n|<br|<li|`|\|/.test(text)) readDescription(text, own, read);
  else if (saysMore(text, statuses)) addText(own, text, 'cause');
  if (hasHeader(response, 'retry-after') && statuses.some((status) => status === 429 || status === 503)) {
    own.retry ??= { advice: 'wait', reason: 'the response has a Retry-After header' };
  }
  // 80 operations that share an error schema tell its codes once.
  for (const { schema, examples } of contentsOf(response, walker)) {
    for (const found of schema === null ? [] : codesInSchema(schema, walker, seen)) {
      const subcodes = found.subcode === undefined ? [] : [found.subcode];
      const claim = { ...base(), codes: [found.code], subcodes, title: null };
      if (found.text !== null) addText(claim, found.text);
      read.claims.push(claim);
    }
    addExamples(examples, own, base, read);
  }
  if (own.statuses.length > 0 || own.codes.length > 0) read.claims.push(own);
  else if (saysMore(text, statuses))
    read.left.push({ what: `default response of ${section}`, why: 'it has no status and no code' });
}

/** The description as a page of its own, below a heading with the status. */
function readDescription(text: string, own: Claim, read: SourceRead): void {
  const [status] = own.statuses;
  const page = readMarkdown(text);
  const heading = status === undefined ? [] : [{ kind: 'heading' as const, level: 1, text: `${status}`, anchor: null }];
  const blocks = page.blocks.map((block) => (block.kind === 'heading' ? { ...block, level: block.level + 1 } : block));
  const inner = readPage({ title: 'Errors', front: {}, blocks: [...heading, ...blocks] });
  for (const claim of inner.claims) {
    const isOwn = claim.codes.length === 0 && claim.statuses.every((one) => own.statuses.includes(one));
    if (!isOwn) {
      read.claims.push({ ...claim, section: own.section, anchor: own.anchor, saidOf: own.saidOf });
      continue;
    }
    for (const one of claim.cause) if (saysMore(one, own.statuses)) push(own.causes, one);
    for (const one of claim.causes) push(own.causes, one);
    for (const one of claim.resolution) push(own.resolution, one);
    own.retry ??= claim.retry;
    own.examples.push(...claim.examples);
  }
}

function hasHeader(response: JsonRecord, name: string): boolean {
  return Object.keys(recordOf(response.headers)).some((header) => header.toLowerCase() === name);
}

/** The bodies of a response: the schema and the examples of its JSON, by name. */
function contentsOf(
  response: JsonRecord,
  walker: Walker,
): { schema: JsonRecord | null; examples: [name: string, example: JsonRecord][] }[] {
  const named = (examples: unknown, single: unknown, schema: JsonRecord | null): [string, JsonRecord][] => [
    ...Object.entries(recordOf(examples)).flatMap(([name, one]): [string, JsonRecord][] => {
      const example = walker.resolve(one);
      return example === null ? [] : [[name, example]];
    }),
    ...(single === undefined ? [] : [['', { value: single }] as [string, JsonRecord]]),
    ...(schema?.example === undefined ? [] : [['', { value: schema.example }] as [string, JsonRecord]]),
  ];
  // Version 2.0 has the bodies themselves by media type.
  if (response.schema !== undefined || response.examples !== undefined) {
    const schema = walker.resolve(response.schema);
    const bodies = Object.values(recordOf(response.examples));
    return [
      {
        schema,
        examples: [
          ...bodies.map((value): [string, JsonRecord] => ['', { value }]),
          ...named(undefined, undefined, schema),
        ],
      },
    ];
  }
  return Object.entries(recordOf(response.content))
    .filter(([type]) => /json|\*\/\*/.test(type))
    .slice(0, 2)
    .map(([, media]) => {
      const content = recordOf(media);
      const schema = walker.resolve(content.schema);
      return { schema, examples: named(content.examples, content.example, schema) };
    });
}

function addExamples(
  examples: [name: string, example: JsonRecord][],
  own: Claim,
  base: () => Claim,
  read: SourceRead,
): void {
  for (const [name, { value, summary, description }] of examples) {
    const [example] = exampleOf(value, typeof own.statuses[0] === 'number' ? own.statuses[0] : null);
    if (example === undefined) continue;
    read.bodies.push(example);
    const isOwnCode =
      example.code !== null &&
      !/^[1-5]\d\d$/.test(example.code) &&
      example.code.length <= 80 &&
      !/\s/.test(example.code);
    const text = [description, summary].find(
      (one): one is string => typeof one === 'string' && saysMore(one, own.statuses),
    );
    if (!isOwnCode) {
      own.examples.push(example);
      if (examples.length > 1 && example.message !== null && saysMore(example.message, own.statuses))
        push(own.causes, text ?? example.message);
      continue;
    }
    const claim = { ...base(), codes: [example.code as string], examples: [example] };
    claim.title =
      typeof summary === 'string' && summary.length < 90
        ? summary
        : example.message !== null && example.message.length < 90
          ? example.message
          : name || null;
    if (typeof description === 'string') addText(claim, description);
    else if (example.message !== null && example.message !== example.code) addText(claim, example.message);
    read.claims.push(claim);
  }
  own.examples.splice(1);
}

/** Shared schemas of one error each, `error_404`, to which no response refers. */
function namedSchemas(document: JsonRecord, walker: Walker, seen: Set<unknown>): Claim[] {
  const parts = recordOf(recordOf(document.components).schemas ?? document.definitions);
  return Object.entries(parts).flatMap(([name, written]) => {
    const schema = /err|fault|problem/i.test(name) ? walker.resolve(written) : null;
    const pair = schema === null || seen.has(schema) ? null : pairInSchema(schema, walker);
    if (pair === null) return [];
    const claim = { ...newClaim(name, `#/components/schemas/${name}`), codes: [pair.code] };
    claim.statuses = (/(?<!\d)[45]\d\d(?!\d)/.exec(name) ?? []).map(Number);
    addText(claim, pair.text ?? '');
    return [claim];
  });
}

/** Example bodies of shared parts, where a document has no operations. */
function componentExamples(document: JsonRecord, walker: Walker): unknown[] {
  if (Object.keys(recordOf(document.paths)).length > 0) return [];
  const { schemas, examples } = recordOf(document.components);
  return [
    ...Object.values(recordOf(examples)).map((one) => walker.resolve(one)?.value),
    ...Object.values(recordOf(schemas)).flatMap((one) => {
      const schema = walker.resolve(one);
      const parts = Array.isArray(schema?.allOf) ? schema.allOf.map((part) => walker.resolve(part)) : [];
      return [
        schema?.example,
        ...parts.map((part) => part?.example),
        ...(Array.isArray(schema?.examples) ? schema.examples : []),
      ];
    }),
  ].filter((body) => body !== undefined);
}

/** Lists of errors in vendor extensions: `x-error-codes`. */
function registriesOf(document: JsonRecord, path: string): Claim[] {
  return Object.entries(document)
    .filter(([name]) => /^x-.*err/i.test(name))
    .flatMap(([name, value]) => readRegistry(value, `${path}#/${name}`)?.claims ?? []);
}

/** The entry of a status keeps the first descriptions; those of single operations have entries of their own. */
function limitCauses(claims: Claim[]): void {
  const perStatus = new Map<string, number>();
  for (const claim of claims) {
    if (claim.codes.length > 0 || claim.operations.length > 0) continue;
    const key = claim.statuses.join();
    const free = MOST_CAUSES - (perStatus.get(key) ?? 0);
    claim.causes = claim.causes.slice(0, Math.max(0, free));
    perStatus.set(key, (perStatus.get(key) ?? 0) + claim.causes.length);
  }
}
