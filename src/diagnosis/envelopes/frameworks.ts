import { isRootMap } from '../read/fields.ts';
import { type EnvelopeSpec, integer, list, present, text } from './envelope.ts';

/** Shapes that frameworks send by default. */
export const FRAMEWORKS: EnvelopeSpec[] = [
  {
    id: 'trpc',
    alwaysError: true,
    fits: (body) =>
      text(body, '/error/json/data/code') ||
      integer(body, '/error/data/httpStatus') ||
      integer(body, '/0/error/data/httpStatus'),
    status: ['/0/error/data/httpStatus'],
  },
  {
    // NestJS, Fastify and hapi's boom
    id: 'boom',
    fits: (body) => integer(body, '/statusCode') && (text(body, '/message') || list(body, '/message')),
  },
  {
    id: 'lambda',
    alwaysError: true,
    fits: (body, { headers }) =>
      text(body, '/errorMessage') && (present(body, '/errorType') || headers['x-amz-function-error'] !== undefined),
  },
  {
    id: 'drf-fields',
    fits: (body, { status }) => (status === 400 || status === null) && isRootMap(body, status),
    impliedStatus: 400,
    message: ['/non_field_errors/0'],
    ambiguous: (body) => (present(body, '/non_field_errors') ? [] : ['rails']),
  },
];
