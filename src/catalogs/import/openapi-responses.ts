import { statusPhrase } from '../../diagnosis/status.ts';
import { isRecord, type JsonRecord, recordOf } from '../../json/record.ts';
import type { StatusPattern } from '../../model/catalog.ts';
import type { Operation } from './claims.ts';
import type { Walker } from './refs.ts';

const METHODS = /^(?:get|put|post|delete|options|head|patch|trace|query)$/;

/** Responses with the same status and description, across all operations. */
export interface ResponseGroup {
  statuses: StatusPattern[];
  response: JsonRecord;
  description: string;
  pointer: string;
  operations: Operation[];
}

/** The error responses of all operations, equal ones once. */
export function responseGroups(document: JsonRecord, walker: Walker): ResponseGroup[] {
  const groups = new Map<string, ResponseGroup>();
  const add = (key: string, written: unknown, pointer: string, operation: Operation) => {
    const statuses = statusesOfKey(key);
    if (statuses === null) return;
    const response = walker.resolve(written);
    if (response === null) return;
    const description = typeof response.description === 'string' ? response.description : '';
    const name = `${key} ${description} ${contentKey(written, response)}`;
    const known = groups.get(name);
    if (known !== undefined) known.operations.push(operation);
    else groups.set(name, { statuses, response, description, pointer, operations: [operation] });
  };
  for (const { path, method, operation, pointer } of operationsOf(document, walker)) {
    const { operationId } = operation;
    const named = { name: `${method.toUpperCase()} ${path}`, id: typeof operationId === 'string' ? operationId : null };
    for (const [key, response] of Object.entries(walker.resolve(operation.responses) ?? {}))
      add(key, response, `${pointer}/responses/${key}`, named);
  }
  // Shared responses that no operation refers to, as in a document of shared parts.
  if (groups.size === 0) {
    const shared = recordOf(recordOf(document.components).responses ?? document.responses);
    for (const [name, response] of Object.entries(shared))
      add(/([45]\d\d)/.exec(name)?.[1] ?? 'default', response, `#/components/responses/${token(name)}`, {
        name,
        id: null,
      });
  }
  return [...groups.values()];
}

/** An operation of a document, with its place. */
interface PlacedOperation {
  path: string;
  method: string;
  operation: JsonRecord;
  /** The path item, which declares what all of its operations share. */
  item: JsonRecord;
  pointer: string;
}

/** The operations of a document, those of webhooks after those of paths. */
export function operationsOf(document: JsonRecord, walker: Walker): PlacedOperation[] {
  return ['paths', 'webhooks'].flatMap((part) =>
    Object.entries(recordOf(document[part])).flatMap(([path, written]) => {
      const item = walker.resolve(written) ?? {};
      return Object.entries(item).flatMap(([method, operation]) =>
        METHODS.test(method) && isRecord(operation)
          ? [{ path, method, operation, item, pointer: `#/${part}/${token(path)}/${method}` }]
          : [],
      );
    }),
  );
}

const token = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Distinguishes responses with the same status and description by where their content is defined. */
function contentKey(written: unknown, response: JsonRecord): string {
  const ref = recordOf(written).$ref;
  if (typeof ref === 'string') return ref;
  const text = JSON.stringify(response.content ?? response.schema ?? response.examples ?? '');
  return text.length < 4000 ? text : text.slice(0, 4000);
}

/** The statuses of a key of responses; empty for `default`, null for a success. */
function statusesOfKey(key: string): StatusPattern[] | null {
  if (key === 'default') return [];
  if (/^[45]xx$/i.test(key)) return [key.toLowerCase() as StatusPattern];
  if (!/^[45]\d\d$/.test(key)) return null;
  // Models of AWS are converted to statuses that do not exist.
  return Number(key) >= 460 && statusPhrase(Number(key)) === '' && Number(key) < 499 ? [] : [Number(key)];
}
