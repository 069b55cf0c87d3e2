import { isRecord, type JsonRecord, recordOf } from '../../json/record.ts';
import type { Block } from './blocks.ts';
import { wordsIn } from './blocks.ts';
import { addText, type Claim, newClaim } from './claims.ts';
import { readHtml } from './html.ts';
import type { SourceRead } from './import.ts';
import { isErrorStatus } from './subject.ts';

/** Whether a value is a Smithy model in JSON. */
export function isSmithy(value: unknown): value is JsonRecord {
  return isRecord(value) && 'smithy' in value && 'shapes' in value;
}

/** Whether a value is a service model of botocore. */
export function isBotocore(value: unknown): value is JsonRecord {
  return isRecord(value) && 'metadata' in value && 'shapes' in value && !('smithy' in value);
}

/** Whether a value is a document of Google's discovery service, which has no errors. */
export function isDiscovery(value: unknown): boolean {
  return typeof recordOf(value).kind === 'string' && String(recordOf(value).kind).startsWith('discovery#');
}

/** Reads the structures of a Smithy model that are errors (trait `smithy.api#error`). */
export function readSmithy({ shapes }: JsonRecord): SourceRead {
  const read = emptyRead();
  for (const [name, written] of Object.entries(recordOf(shapes))) {
    const shape = recordOf(written);
    const traits = recordOf(shape.traits);
    const documentation = traits['smithy.api#documentation'];
    if (shape.type === 'service' && typeof traits['smithy.api#title'] === 'string') {
      read.title = traits['smithy.api#title'];
      read.facts.name = read.title;
    }
    if (typeof traits['smithy.api#error'] !== 'string') {
      read.claims.push(...codesListed(shape));
      continue;
    }
    const query = recordOf(traits['aws.protocols#awsQueryError']);
    const short = name.split('#').at(-1) ?? name;
    const status =
      query.httpResponseCode ?? traits['smithy.api#httpError'] ?? (traits['smithy.api#error'] === 'server' ? 500 : 400);
    read.claims.push(
      claimOf(
        [textOf(query.code) ?? short, short],
        status,
        documentation,
        traits['smithy.api#retryable'] !== undefined,
        name,
      ),
    );
  }
  return read;
}

/** Reads the exceptions of a service model of botocore. */
export function readBotocore({ metadata, shapes }: JsonRecord): SourceRead {
  const read = emptyRead();
  const { serviceFullName, serviceId } = recordOf(metadata);
  const name = serviceFullName ?? serviceId;
  if (typeof name === 'string') {
    read.title = name;
    read.facts.name = name;
  }
  for (const [shape, written] of Object.entries(recordOf(shapes))) {
    const { exception, fault, error, documentation, retryable, members } = recordOf(written);
    read.claims.push(...codesListed({ members }));
    if (exception !== true && fault !== true) continue;
    const { code, httpStatusCode } = recordOf(error);
    const status = httpStatusCode ?? (fault === true ? 500 : 400);
    read.claims.push(claimOf([textOf(code) ?? shape, shape], status, documentation, retryable !== undefined, shape));
  }
  return read;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function emptyRead(): SourceRead {
  return { claims: [], rules: [], bodies: [], left: [], facts: {}, title: null, notes: [] };
}

function claimOf(
  codes: string[],
  written: unknown,
  documentation: unknown,
  isRetryable: boolean,
  pointer: string,
): Claim {
  const status = typeof written === 'object' ? 0 : Number(written);
  const claim = { ...newClaim(pointer), codes: [...new Set(codes)], statuses: isErrorStatus(status) ? [status] : [] };
  if (typeof documentation === 'string') addText(claim, wordsIn(readHtml(documentation).blocks));
  if (isRetryable) claim.retry ??= { advice: 'backoff', reason: 'the model marks it as retryable' };
  return claim;
}

const LABELS = /^(code|description|http status code)\s*:\s*([\s\S]*)/i;

/** Codes that the documentation of a member lists, as that of S3's error code does: an item each with code, description, status. */
function codesListed({ members }: JsonRecord): Claim[] {
  const code = recordOf(recordOf(members).Code);
  const documentation = recordOf(code.traits)['smithy.api#documentation'] ?? code.documentation;
  if (typeof documentation !== 'string' || !/HTTP Status Code/i.test(documentation)) return [];
  const lists = listsOf(readHtml(documentation).blocks);
  return lists.flatMap((items) => {
    const named = Object.fromEntries(
      items.flatMap((item) =>
        (LABELS.exec(wordsIn(item)) ?? [])
          .slice(1, 3)
          .reduce<[string, string][]>(
            (_, __, ___, [label = '', text = '']) => [[label.toLowerCase(), text.trim()]],
            [],
          ),
      ),
    );
    const word = named.code?.replaceAll('`', '');
    if (word === undefined || /\s/.test(word)) return [];
    const status = Number(/\d{3}/.exec(named['http status code'] ?? '')?.[0]);
    const claim = { ...newClaim('Error codes'), codes: [word], statuses: status >= 400 ? [status] : [] };
    addText(claim, named.description ?? '');
    return [claim];
  });
}

/** All lists, those in items as well. */
function listsOf(blocks: Block[]): Block[][][] {
  return blocks.flatMap((block) => (block.kind === 'list' ? [block.items, ...block.items.flatMap(listsOf)] : []));
}
