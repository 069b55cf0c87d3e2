/** A token's first character, as a UTF-16 code unit, tells its kind. */
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_LIST = 0x5b;
export const CLOSE_LIST = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
const BACKSLASH = 0x5c;

/**
 * Calls `visit` with the first character, the start and the end of every token of one or more valid
 * JSON texts. Without recursion: deep input cannot overflow the stack, and the time is linear in
 * the length.
 */
export function scan(text: string, visit: (kind: number, start: number, end: number) => void): void {
  for (let i = 0; i < text.length; ) {
    const kind = text.charCodeAt(i);
    if (isSpace(kind)) {
      i++;
      continue;
    }
    const end = kind === QUOTE ? stringEnd(text, i) : isPunctuation(kind) ? i + 1 : wordEnd(text, i);
    visit(kind, i, end);
    i = end;
  }
}

/** True for a string token that is a member's name, which is followed by a colon. */
export function isName(text: string, kind: number, end: number): boolean {
  if (kind !== QUOTE) return false;
  let i = end;
  while (isSpace(text.charCodeAt(i))) i++;
  return text.charCodeAt(i) === COLON;
}

/** True for the first character of a number. */
export function beginsNumber(kind: number): boolean {
  return kind === 0x2d || (kind >= 0x30 && kind <= 0x39);
}

/** The contents of a string token. */
export function decodeString(token: string): string {
  return token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
}

/** White space of JSON (RFC 8259, section 2). */
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function isPunctuation(code: number): boolean {
  return (
    code === COMMA ||
    code === COLON ||
    code === OPEN_LIST ||
    code === CLOSE_LIST ||
    code === OPEN_OBJECT ||
    code === CLOSE_OBJECT
  );
}

/** The end of a string: after the first quote preceded by an even number of backslashes. */
function stringEnd(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let from = quote;
    while (text.charCodeAt(from - 1) === BACKSLASH) from--;
    if ((quote - from) % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** The end of a number or a literal. */
function wordEnd(text: string, start: number): number {
  let i = start + 1;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isSpace(code) || isPunctuation(code) || code === QUOTE) break;
  }
  return i;
}
