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
    code: ['/items/*/*/error/type'],
    message: ['/items/*/*/error/reason'],
  },
  {
    id: 'msgraph-batch',
    fits: (body) => anyFailed(body, '/responses', 'status'),
    code: ['/responses/*/body/error/code'],
    message: ['/responses/*/body/error/message'],
    requestId: ['/responses/*/body/error/innerError/request-id'],
  },
  {
    id: 'salesforce-composite',
    fits: (body) =>
      anyFailed(body, '/compositeResponse', 'httpStatusCode') || anyFailed(body, '/results', 'statusCode'),
    // The parts that were rolled back come first and say nothing.
    code: ['/compositeResponse/*/body/0/errorCode', '/results/*/result/0/errorCode'],
    message: ['/compositeResponse/*/body/0/message', '/results/*/result/0/message'],
  },
  {
    id: 'salesforce-collection',
    fits: (body) =>
      Array.isArray(body) && body.some((item) => equals(item, '/success', false) && list(item, '/errors')),
    code: ['/*/errors/0/statusCode'],
    message: ['/*/errors/0/message'],
  },
  {
    // SQS and SNS: Successful and Failed
    id: 'aws-batch',
    fits: (body) => list(body, '/Failed') || list(body, '/FailedEntries'),
    code: ['/Failed/*/Code', '/FailedEntries/*/ErrorCode'],
    message: ['/Failed/*/Message', '/FailedEntries/*/ErrorMessage'],
    requestId: ['header:x-amzn-requestid'],
  },
  {
    id: 'kinesis-batch',
    fits: (body) => ['/FailedRecordCount', '/FailedPutCount', '/FailedEntryCount'].some((at) => positive(body, at)),
    code: ['/Records/*/ErrorCode', '/RequestResponses/*/ErrorCode', '/Entries/*/ErrorCode'],
    message: ['/Records/*/ErrorMessage', '/RequestResponses/*/ErrorMessage', '/Entries/*/ErrorMessage'],
    requestId: ['header:x-amzn-requestid'],
  },
  {
    id: 'dynamodb-batch',
    fits: (body) => object(body, '/UnprocessedItems') || object(body, '/UnprocessedKeys'),
    requestId: ['header:x-amzn-requestid'],
  },
  {
    // RFC 4918 has it in XML; APIs that answer 207 in JSON agree on little but a status for each part.
    id: 'multi-status',
    fits: (body, { status }) =>
      status === 207 && ['', '/results', '/responses', '/items', '/data'].some((at) => anyFailed(body, at, 'status')),
    code: ['/*/error/code', '/*/*/error/code', '/*/code', '/*/*/code'],
    message: ['/*/error/message', '/*/*/error/message', '/*/message', '/*/*/message', '/*/error', '/*/*/error'],
  },
];
