/** At most this many path segments tell endpoints apart. */
const MOST_SEGMENTS = 8;

/** A longer segment is data. */
const LONGEST_SEGMENT = 48;

/** Only this much of a URL tells endpoints apart. */
const LONGEST_URL = 1024;
const LONGEST_METHOD = 16;

/** The most bytes that an endpoint takes. */
export const LONGEST_ENDPOINT = LONGEST_URL + 2 * LONGEST_METHOD;

/** Marks for an id segment, and for omitted segments. */
const ID = 1;
const REST = 2;

const SPACE = 0x20;
const HASH = 0x23;
const PERCENT = 0x25;
const SLASH = 0x2f;
const COLON = 0x3a;
const QUESTION = 0x3f;
const AT = 0x40;
const BACKSLASH = 0x5c;

/**
 * Writes the endpoint of a request: method, host and path, with a mark instead of each id, and
 * without query and fragment. Works on bytes, since it runs for every line.
 *
 * @param source the URL, or the request line of an access log: `GET /path HTTP/1.1`
 * @param at where to start in the target: after a method written separately
 * @returns where it ends in the target; `endpointText` converts it to text
 */
export function writeEndpoint(source: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number {
  const until = Math.min(to, from + LONGEST_URL);
  let i = from;
  while (i < until && isUpper(source[i] as number)) i++;
  let end = at;
  if (i > from && source[i] === SPACE) {
    end = write(source, from, ++i, target, 0);
  } else i = from;

  const path = originEnd(source, i, until);
  if (path > i) {
    // Skips the scheme and user information.
    for (let k = i; k < path; k++) if (source[k] === AT || (source[k] === SLASH && k < i + 9)) i = k + 1;
    end = write(source, i, path, target, end);
  }
  return writePath(source, path, until, target, end);
}

/** Writes a method and the separator after it; returns where it ends. */
export function writeMethod(source: Uint8Array, from: number, to: number, target: Uint8Array): number {
  const end = write(source, from, Math.min(to, from + LONGEST_METHOD), target, 0);
  if (end > 0) target[end] = SPACE;
  return end > 0 ? end + 1 : 0;
}

/** Like `writeEndpoint`, for a URL as text. */
export function endpointOf(method: string | null, url: string): string {
  const [source, word] = [Buffer.from(url), Buffer.from(method ?? '')];
  const target = Buffer.alloc(LONGEST_ENDPOINT);
  const at = writeMethod(word, 0, word.length, target);
  return endpointText(target, writeEndpoint(source, 0, source.length, target, at));
}

/** The endpoint for people: `GET /v1/keys/{id}`. */
export function endpointText(bytes: Buffer, length: number): string {
  return bytes.toString('utf8', 0, length).replaceAll('\u0001', '{id}').replaceAll('\u0002', '…');
}

/** The endpoint with fewer segments, for when there are too many endpoints. */
export function shortened(endpoint: string, segments: number): string {
  const [before = '', ...path] = endpoint.split('/');
  return path.length <= segments ? endpoint : [before, ...path.slice(0, segments), '…'].join('/');
}

function writePath(source: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number {
  let end = at;
  let segments = 0;
  let begin = end;
  let digits = 0;
  let others = 0;
  let isData = false;
  if (source[from] !== SLASH) target[end++] = SLASH;
  for (let i = from; i <= to; i++) {
    const byte = i === to ? SPACE : (source[i] as number);
    const isLast = byte === SPACE || byte === QUESTION || byte === HASH;
    if (byte === SLASH || isLast) {
      if (isData || isId(target, begin, end - begin, digits, others)) {
        target[begin] = ID;
        end = begin + 1;
      }
      if (isLast) return end;
      target[end++] = SLASH;
      begin = end;
      digits = 0;
      others = 0;
      isData = false;
      if (++segments > MOST_SEGMENTS) {
        target[end++] = REST;
        return end;
      }
      // JSON may escape a slash with a backslash.
    } else if (byte !== BACKSLASH && byte > REST) {
      if (byte >= 0x30 && byte <= 0x39) digits++;
      else if (!isHexOrJoint(byte)) others++;
      if (byte === PERCENT || end - begin > LONGEST_SEGMENT) isData = true;
      else target[end++] = byte;
    }
  }
  return end;
}

/** True for numbers, UUIDs, hashes and the like; words and `v1` are not ids. */
function isId(bytes: Uint8Array, at: number, length: number, digits: number, others: number): boolean {
  const isVersion = length < 4 && ((bytes[at] as number) | 0x20) === 0x76;
  return !isVersion && (digits >= 3 || (digits > 0 && (digits === length || (others === 0 && length >= 8))));
}

/** The start of the path of an absolute URL, or of any other URL. */
function originEnd(source: Uint8Array, from: number, to: number): number {
  if (((source[from] as number) | 0x20) !== 0x68) return from;
  let slashes = 0;
  for (let i = from; i < to; i++) {
    const byte = source[i] as number;
    if (byte === SLASH && ++slashes === 3) return i;
    if (slashes < 2 && i > from + 8) return from;
    if (byte === QUESTION || byte === HASH || byte === SPACE) return i;
  }
  return slashes === 2 ? to : from;
}

function write(source: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number {
  let end = at;
  for (let i = from; i < to; i++) target[end++] = source[i] as number;
  return end;
}

function isUpper(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

function isHexOrJoint(byte: number): boolean {
  return (
    (byte >= 0x61 && byte <= 0x66) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x2c && byte <= 0x2e) || byte === COLON
  );
}
