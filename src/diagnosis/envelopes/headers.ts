import type { EnvelopeSpec } from './envelope.ts';
import { GRPC_NAMES } from './standards.ts';

/** A parameter of a challenge in WWW-Authenticate: `error="invalid_token"`. */
const parameter = (name: string) => (challenge: string) =>
  new RegExp(`\\b${name}="?((?:[^"\\\\,]|\\\\.|,(?=[^"]*"))*)`, 'i').exec(challenge)?.[1]?.trim() ?? challenge;

const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Errors whose code is in a header. They are read if the body has none. */
export const IN_HEADERS: EnvelopeSpec[] = [
  {
    // gRPC over HTTP/2, responses
    id: 'grpc',
    fits: (_, { headers }) => /^[1-9]\d?$/.test(headers['grpc-status'] ?? ''),
    code: ['header:grpc-status'],
    cleanCode: (code) => GRPC_NAMES[Number(code)] ?? code,
    message: ['header:grpc-message'],
    cleanMessage: unescaped,
  },
  {
    // RFC 6750, section 3
    id: 'bearer',
    fits: (_, { headers }) => /^(?:Bearer|DPoP)\b.*\berror=/i.test(headers['www-authenticate'] ?? ''),
    code: ['header:www-authenticate'],
    cleanCode: parameter('error'),
    message: ['header:www-authenticate'],
    cleanMessage: parameter('error_description'),
  },
];
