import { valueAt } from '../../json/pointer.ts';
import { scalarText } from '../../json/scalar.ts';
import { nameOf } from '../read/names.ts';
import { textOf } from '../read/values.ts';
import { type EnvelopeSpec, object, text } from './envelope.ts';

/** A qualified name without its prefix. */
const local = (name: string): string => name.split(':').at(-1) ?? name;

/** The status lines of the parts of a 207; one part is an object, several are a list. */
const statusesOf = (parts: unknown): string[] =>
  [parts].flat().flatMap((part) => [valueAt(part, '/status'), valueAt(part, '/propstat/status')].map(scalarText));

/** The code in the details of a fault, which says more than who is to blame. */
function codeWithin(details: unknown, depth = 0): string | null {
  if (typeof details !== 'object' || details === null || depth > 3) return null;
  for (const [name, value] of Object.entries(details)) {
    const own = nameOf(local(name)).weights.code >= 5 ? textOf(valueAt(value, '/#text') ?? value) : null;
    const found = own !== null && /^\S{2,80}$/.test(own) ? own : codeWithin(value, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** Shapes in XML, as elements by their local names. */
export const XML: EnvelopeSpec[] = [
  {
    // RFC 4918, section 13
    id: 'webdav-multistatus',
    alwaysError: true,
    fits: (body) => statusesOf(valueAt(body, '/multistatus/response')).some((line) => / [45]\d\d\b/.test(line)),
  },
  {
    // SOAP 1.2, section 5.4
    id: 'soap12',
    narrows: ['soap11'],
    alwaysError: true,
    fits: (body) => object(body, '/Envelope/Body/Fault/Code'),
    code: [(body) => codeWithin(valueAt(body, '/Envelope/Body/Fault/Detail')), '/Envelope/Body/Fault/Code/Value'],
    subcode: ['/Envelope/Body/Fault/Code/Subcode/Value'],
    cleanCode: local,
  },
  {
    // SOAP 1.1, section 4.4
    id: 'soap11',
    alwaysError: true,
    fits: (body) => object(body, '/Envelope/Body/Fault'),
    // The code where the details have none of their own.
    subcode: ['/Envelope/Body/Fault/faultcode'],
    cleanCode: local,
  },
  {
    // RFC 9457, appendix B
    id: 'problem+xml',
    fits: (body) => object(body, '/problem') && (text(body, '/problem/title') || text(body, '/problem/detail')),
  },
  {
    id: 'xml-rpc',
    alwaysError: true,
    fits: (body) => object(body, '/methodResponse/fault'),
  },
];
