import type { Answerer } from '../../model/diagnosis.ts';
import type { Headers } from '../../model/exchange.ts';
import { SIGNATURES, type Signature } from './signatures.ts';

/** Only the first 64 KiB are searched. */
const SEARCHED = 64 * 1024;

/** Says who answered in the place of the API, from what the answer gives away; null when nothing does. */
export function answererOf(status: number | null, headers: Headers, body: string): Answerer | null {
  // RFC 6585, section 6: the status exists for this.
  if (status === 511) {
    return { kind: 'captive-portal', name: 'the network', page: false, reason: null, requestId: null };
  }
  const start = body.slice(0, SEARCHED).trimStart();
  const found = SIGNATURES.find((signature) => isSigned(signature, headers, start));
  if (found === undefined) return null;
  const byHeader = found.header?.[1].exec(headers[found.header[0]] ?? '')?.[1];
  return {
    kind: found.kind,
    name: found.name,
    page: start !== '' && found.body?.test(start) === true,
    reason: byHeader ?? captured(found.reason, start),
    requestId: captured(found.requestId, start),
  };
}

function isSigned({ header, body, both, without }: Signature, headers: Headers, start: string): boolean {
  if (without !== undefined && headers[without] !== undefined) return false;
  const value = header === undefined ? undefined : headers[header[0]];
  const byHeader = value !== undefined && header?.[1].test(value) === true;
  // The header decides alone where it can: compiling the pattern for a body takes 0.1 ms.
  if (both === true ? !byHeader : byHeader) return byHeader;
  return body?.test(start) === true;
}

/** The first group that took part in the match, in one line, with the entities that hide full stops resolved. */
function captured(pattern: RegExp | undefined, start: string): string | null {
  const group = pattern
    ?.exec(start)
    ?.slice(1)
    .find((text) => text !== undefined);
  return group?.replaceAll('&#46;', '.').replaceAll(/\s+/g, ' ').trim() || null;
}
