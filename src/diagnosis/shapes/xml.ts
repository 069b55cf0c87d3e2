import { valueAt } from '../../json/pointer.ts';
import { scalarText } from '../../json/scalar.ts';
import { type EnvelopeSpec, list, object, text } from './shape.ts';

/** A qualified name without its prefix. */
const local = (name: string): string => name.split(':').at(-1) ?? name;

/** The status lines of the parts of a 207; one part is an object, several are a list. */
const statusesOf = (parts: unknown): string[] =>
  [parts].flat().flatMap((part) => [valueAt(part, '/status'), valueAt(part, '/propstat/status')].map(scalarText));

/** Shapes in XML, as elements by their local names. */
export const XML: EnvelopeSpec[] = [
  {
    // Part of the keys could not be deleted; the status is a success.
    id: 's3-delete',
    fits: (body) => object(body, '/DeleteResult/Error') || list(body, '/DeleteResult/Error'),
  },
  {
    // RFC 4918, section 13
    id: 'webdav-multistatus',
    fits: (body) => statusesOf(valueAt(body, '/multistatus/response')).some((line) => / [45]\d\d\b/.test(line)),
  },
  {
    // SOAP 1.2, section 5.4
    id: 'soap12',
    fits: (body) => object(body, '/Envelope/Body/Fault/Code'),
    code: ['/Envelope/Body/Fault/Code/Value'],
    subcode: ['/Envelope/Body/Fault/Code/Subcode/Value'],
    cleanCode: local,
  },
  {
    // SOAP 1.1, section 4.4
    id: 'soap11',
    fits: (body) => object(body, '/Envelope/Body/Fault'),
    code: ['/Envelope/Body/Fault/faultcode'],
    cleanCode: local,
  },
  {
    // S3, the Query protocol and EC2
    id: 'aws-xml',
    fits: (body) =>
      text(body, '/Error/Code') || text(body, '/ErrorResponse/Error/Code') || text(body, '/Response/Errors/Error/Code'),
  },
  {
    id: 'twilio-xml',
    fits: (body) => text(body, '/TwilioResponse/RestException/Code'),
  },
  {
    // RFC 9457, appendix B
    id: 'problem+xml',
    fits: (body) => object(body, '/problem') && (text(body, '/problem/title') || text(body, '/problem/detail')),
  },
  {
    id: 'xml-rpc',
    fits: (body) => object(body, '/methodResponse/fault'),
  },
];
