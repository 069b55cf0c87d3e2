import { valueAt } from '../../json/pointer.ts';
import { scalarNumber } from '../../json/scalar.ts';
import { type EnvelopeSpec, equals, list, object } from './envelope.ts';

/** True when an item of the list at a pointer has a status of 400 or more under a name. */
const anyFailed = (body: unknown, pointer: string, name: string): boolean => {
  const items = valueAt(body, pointer);
  return Array.isArray(items) && items.some((item) => scalarNumber(valueAt(item, `/${name}`)) >= 400);
};

/** True when there is a number above 0 at a pointer. */
const positive = (body: unknown, pointer: string): boolean => scalarNumber(valueAt(body, pointer)) > 0;

/** Answers to several requests in one, of which some failed. The status is a success; the first failure is read. */
export const BATCHES: EnvelopeSpec[] = [
  {
    id: 'elasticsearch-bulk',
    fits: (body) => equals(body, '/errors', true) && list(body, '/items'),
  },
  {
    id: 'msgraph-batch',
    fits: (body) => anyFailed(body, '/responses', 'status'),
  },
  {
    id: 'salesforce-composite',
    fits: (body) =>
      anyFailed(body, '/compositeResponse', 'httpStatusCode') || anyFailed(body, '/results', 'statusCode'),
    // The parts that were rolled back come first and say nothing.
  },
  {
    id: 'salesforce-collection',
    fits: (body) =>
      Array.isArray(body) && body.some((item) => equals(item, '/success', false) && list(item, '/errors')),
  },
  {
    // SQS and SNS: Successful and Failed
    id: 'aws-batch',
    fits: (body) => list(body, '/Failed') || list(body, '/FailedEntries'),
  },
  {
    id: 'kinesis-batch',
    fits: (body) => ['/FailedRecordCount', '/FailedPutCount', '/FailedEntryCount'].some((at) => positive(body, at)),
  },
  {
    id: 'dynamodb-batch',
    fits: (body) => object(body, '/UnprocessedItems') || object(body, '/UnprocessedKeys'),
  },
  {
    // RFC 4918 has it in XML; APIs that answer 207 in JSON agree on little but a status for each part.
    id: 'multi-status',
    fits: (body, { status }) =>
      status === 207 && ['', '/results', '/responses', '/items', '/data'].some((at) => anyFailed(body, at, 'status')),
  },
];
