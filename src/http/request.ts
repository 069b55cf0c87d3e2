import { UsageError } from '../model/errors.ts';
import { type Headers, lowerCaseNames, type Request } from '../model/exchange.ts';
import { keyInWords } from '../model/key-variables.ts';
import type { ApiSettings } from '../model/settings.ts';
import { shellAssignment, shellCommand, shellWord } from '../text/shell.ts';
import { isToken } from '../text/token.ts';
import { credentialWith } from './credential.ts';
import { methodOf } from './method.ts';
import { JSON_TYPE, type Payload, textPayload } from './payload.ts';
import type { Piece } from './pieces.ts';
import { reasonToWithhold, type Way } from './travel.ts';

/** A request as the user asked for it. */
export interface Wanted {
  method: string;
  /** An absolute URL, or a path relative to the API's base URL. */
  target: string;
  /** `server` if an earlier response chose the host; default: the user. */
  hostChosenBy?: 'user' | 'server';
  query: [string, string][];
  /** An empty value removes a header; `SENT_EMPTY` sends it without a value. */
  headers: Headers;
  /** Headers that a file sets for all its requests; the request's own override them. */
  sharedHeaders?: Headers;
  /** The source of both kinds of headers, for people. */
  headersFrom: string;
  /** How to send it without a key, for the message that one is missing; default: the option -H. */
  withoutKey?: string | null;
  /** The body; a string is JSON. */
  data: Payload | string | null;
  /** More of the query, encoded as it is sent. */
  encodedQuery?: string | null;
  idempotencyKey: string | null;
  requestId: string;
  version: string;
}

/** A request ready to be sent, and what happened to the key. */
export interface Prepared {
  request: Request;
  /** The body, where it is not the text of the request. */
  upload: Piece[] | null;
  /** The options of curl for such a body. */
  spelling: string[][] | null;
  /** The source of each header's value, for people; by name in lower case. */
  origins: Record<string, string>;
  /** True if the request carries the key. */
  withKey: boolean;
  /** Why the configured key is not in the request. */
  withheld: string | null;
  /** Headers withheld because of the destination, in lower case, with the reason. */
  withheldHeaders: { name: string; why: string }[];
}

/** The value of a header that is sent without one. */
export const SENT_EMPTY = ' ';

const ACCEPT = 'application/problem+json, application/json;q=0.9, */*;q=0.5';

/**
 * Builds a request.
 *
 * @throws UsageError for a URL, header or key that cannot be sent. No message contains a header's
 * value.
 */
export function prepare(wanted: Wanted, settings: ApiSettings): Prepared {
  const method = methodOf(wanted.method);
  const url = resolveTarget(wanted.target, settings);
  for (const [name, value] of wanted.query) url.searchParams.append(name, value);
  if (wanted.encodedQuery) url.search += `${url.search === '' ? '' : '&'}${wanted.encodedQuery}`;
  const data = typeof wanted.data === 'string' ? textPayload(wanted.data, JSON_TYPE) : wanted.data;

  const shared = lowerCaseNames(wanted.sharedHeaders ?? {});
  const own = lowerCaseNames(wanted.headers);
  const given = { ...shared, ...own };
  const { hosts } = settings;
  const way: Way = { kind: 'start', hosts, api: settings.id, chosenBy: wanted.hostChosenBy ?? 'user' };
  const headers: Headers = {
    accept: ACCEPT,
    'user-agent': `errprobe/${wanted.version}`,
    'x-request-id': wanted.requestId,
    ...(data === null || data.type === null ? {} : { 'content-type': data.type }),
    ...(wanted.idempotencyKey === null ? {} : { 'idempotency-key': wanted.idempotencyKey }),
    ...lowerCaseNames(settings.headers),
    ...given,
  };
  for (const [name, value] of Object.entries(headers)) {
    if (value === '') delete headers[name];
    else if (value === SENT_EMPTY) headers[name] = '';
  }
  const withheldHeaders = Object.keys(headers).flatMap((name) => {
    const isShared = own[name] === undefined && (shared[name] ?? settings.headers[name]) !== undefined;
    const why = reasonToWithhold({ kind: 'header', name, isShared }, url, way);
    return why === null ? [] : [{ name, why }];
  });
  for (const { name } of withheldHeaders) delete headers[name];

  const key = attachKey(headers, given, url, way, settings, wanted.withoutKey);
  const name = settings.auth?.header.toLowerCase() ?? '';
  const origins: Record<string, string> = {
    ...settings.headersFrom,
    ...Object.fromEntries(Object.keys(given).map((header) => [header, wanted.headersFrom])),
    ...(key.withKey && settings.key !== null ? { [name]: settings.key.from } : {}),
  };
  for (const [header, value] of Object.entries(headers)) validateHeader(header, value, origins[header]);
  const request = { method, url: url.href, headers, body: data?.text ?? null };
  const { pieces: upload = null, spelling = null } = data ?? {};
  return { request, upload, spelling, origins, withheldHeaders, ...key };
}

/** The parts withheld because of the destination, in words. */
export function withheldParts({ withheld, withheldHeaders }: Prepared): { what: string; why: string }[] {
  const headers = withheldHeaders.map(({ name, why }) => ({ what: `The header ${name}`, why }));
  return withheld === null ? headers : [{ what: 'The key', why: withheld }, ...headers];
}

function attachKey(
  headers: Headers,
  given: Headers,
  url: URL,
  way: Way,
  settings: ApiSettings,
  withoutKey: string | null | undefined,
): Pick<Prepared, 'withKey' | 'withheld'> {
  const { auth, key } = settings;
  const name = auth?.header.toLowerCase();
  // A header that the user set or removed stays that way.
  if (auth === null || name === undefined || given[name] !== undefined) return { withKey: false, withheld: null };
  if (auth.query !== undefined && url.searchParams.has(auth.query)) return { withKey: false, withheld: null };
  const withheld = reasonToWithhold({ kind: 'key' }, url, way);
  if (key === null) {
    if (withheld !== null) return { withKey: false, withheld: null };
    const id = settings.id ?? 'the API';
    const header = auth.query === undefined ? `add -H ${shellWord(`${auth.header}:`)}` : null;
    const how = withoutKey === undefined ? header : withoutKey;
    const without = how === null ? '' : ` To send the request without one, ${how}`;
    throw new UsageError(
      `${id} needs a key: set ${keyInWords(auth)}, or apis.${id}.key in .errproberc.yaml.${without}`,
    );
  }
  if (withheld !== null) return { withKey: false, withheld };
  if (/[\r\n\0]/.test(key.value)) {
    const stripped = shellAssignment(key.variable, [{ variable: key.variable, strip: 'line-breaks' }]);
    throw new UsageError(
      `the key from ${key.from} contains a line break, which a header cannot carry: remove it, from a variable with ${stripped}`,
    );
  }
  const credential = credentialWith(auth, key.value);
  if (auth.query === undefined) headers[name] = credential;
  else url.searchParams.set(auth.query, credential);
  return { withKey: true, withheld: null };
}

/** The message for a path of an API whose address nobody has set. */
export function unknownBaseUrl(id: string | null): string {
  const api = id ?? '<api>';
  return `the base URL of ${api} is not known: set apis.${api}.baseUrl in .errproberc.yaml`;
}

function resolveTarget(target: string, settings: ApiSettings): URL {
  const git = /^[A-Za-z]:[\\/](.*)$/.exec(target)?.[1];
  if (git !== undefined) {
    const path = git.replaceAll('\\', '/').replace(/^.*?\bGit\//i, '');
    const bare = shellCommand({ program: ['errprobe', 'call'], positionals: ['GET', path], options: [] });
    throw new UsageError(
      `the path arrived as ${target}: Git Bash rewrites arguments that begin with a slash. Leave the slash out (${bare}) or set MSYS_NO_PATHCONV=1`,
    );
  }
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(target);
  if (!absolute && settings.baseUrl === null) {
    throw new UsageError(`${unknownBaseUrl(settings.id)}, or give the whole URL`);
  }
  const text = absolute ? target : `${settings.baseUrl?.replace(/(?<!\/)\/+$/, '')}/${target.replace(/^\/+/, '')}`;
  if (!URL.canParse(text)) throw new UsageError(`${target} is not a URL or a path`);
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new UsageError(`${url.protocol}// is not supported: errprobe speaks http and https`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError("credentials in a URL end up in logs: send them with -H 'Authorization: …'");
  }
  url.hash = '';
  return url;
}

/** RFC 9110, sections 5.1 and 5.5. The message leaves out the value: it may be a secret. */
function validateHeader(name: string, value: string, from: string | undefined): void {
  if (!isToken(name)) throw new UsageError(`"${name}" is not a valid header name`);
  const at = value.search(/[^\t\x20-\x7e\x80-\xff]/);
  if (at < 0) return;
  const point = (value.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const where = from === undefined ? '' : `, from ${from},`;
  throw new UsageError(
    `the value of the header ${name}${where} contains a character that a header cannot carry: U+${point}, at position ${at + 1}`,
  );
}
