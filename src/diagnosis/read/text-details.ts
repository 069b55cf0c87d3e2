import { findCode } from './text-code.ts';

/** Details of an error in the text of a client or a log. */
export interface TextDetails {
  code: string | null;
  requestId: string | null;
  /** The sentence without what frames it; null where nothing frames it. */
  message: string | null;
}

/** So much of a text is searched. */
const SEARCHED = 8192;

/** Sentences that clients put around a code and what the server said (AWS SDKs, kubectl, gRPC). */
const FRAMES = [
  /\b(?:An error occurred|A (?:client|server) error) \((\w{3,60})\)(?: occurred)? when calling the \w+ operation(?: \([^)]{1,60}\))?: ?(.{3,1000})/,
  /\bError from server \((\w{3,60})\): (?:error when [^:]{1,200}: )?(.{3,1000})/,
  /\brpc error: code = (\w{3,40}) desc = (.{3,1000})/,
  /\b(?:api|API) error ((?=[a-z]{0,59}[A-Z0-9_])\w{3,60}): (.{3,1000})/,
  /[,:] (\w{2,60}(?:Exception|Fault)): (.{3,1000})/,
  /^\w{2,60}Error: ([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+): (.{3,1000})/m,
];

const REQUEST_ID =
  /(?:\b(?:x-)?(?:request|correlation|trace|error|incident|reference|support|event|debug|log|ray)[ _-]?(?:id|number|#)|\((?:id|ref|reference|request))["'\]]?(?: is)?\s{0,2}[:=]?\s{0,2}["'[#]?((?=[\w:;=.-]{0,60}\d)[\w:;=.-]{5,80}[\w]={0,2})|\bRequest (req_\w{6,60})/i;

/** `gh: … (HTTP 403)`, `error: …`: what surrounds a sentence. */
const FRAMED =
  /^(?:\$ .{0,200}\n)?(?:[a-z]{2,12}: )?(?:(?:fatal|error|remote): )?(.{8,1000}?)(?: \((?:HTTP|status)(?: code)?:? ?[1-5]\d\d\))$/im;

/** The id by which a sentence refers to what happened, for support; null where it names none. */
export function idIn(text: string): string | null {
  // No id is without one of these, and most sentences are.
  if (!/\d|req_/i.test(text)) return null;
  const [, named, prefixed] = REQUEST_ID.exec(text.slice(0, SEARCHED)) ?? [];
  return named ?? prefixed ?? null;
}

/** The code, the message and the request id that a text has. */
export function detailsIn(text: string): TextDetails {
  const start = text.slice(0, SEARCHED);
  const framed = FRAMES.map((pattern) => pattern.exec(start)).find((found) => found !== null);
  const code = framed?.[1] ?? codeIn(start);
  const said = framed?.[2] ?? FRAMED.exec(start)?.[1];
  return {
    code: code !== null && /^[1-5]\d\d$/.test(code) ? null : code,
    requestId: idIn(text),
    message: said?.split('\n', 1)[0]?.trim() ?? null,
  };
}

/** The score from which a word in a body's text is its code: its form alone does not do, a variable has it too. */
const CERTAIN = 5;

function codeIn(text: string): string | null {
  const found = findCode(text, null);
  return found !== null && found.score >= CERTAIN ? found.code : null;
}
