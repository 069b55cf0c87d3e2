/**
 * Phrases of the statuses that APIs answer errors with. The first is that of RFC 9110 or the RFC that defines the
 * status; the others are older names that servers still send.
 */
const PHRASES: Record<number, string[]> = {
  200: ['OK'],
  201: ['Created'],
  202: ['Accepted'],
  204: ['No Content'],
  301: ['Moved Permanently'],
  302: ['Found', 'Moved Temporarily'],
  303: ['See Other'],
  304: ['Not Modified'],
  307: ['Temporary Redirect'],
  308: ['Permanent Redirect'],
  400: ['Bad Request'],
  401: ['Unauthorized'],
  402: ['Payment Required'],
  403: ['Forbidden'],
  404: ['Not Found'],
  405: ['Method Not Allowed'],
  406: ['Not Acceptable'],
  407: ['Proxy Authentication Required'],
  408: ['Request Timeout'],
  409: ['Conflict'],
  410: ['Gone'],
  411: ['Length Required'],
  412: ['Precondition Failed'],
  413: ['Content Too Large', 'Payload Too Large', 'Request Entity Too Large'],
  414: ['URI Too Long', 'Request-URI Too Long'],
  415: ['Unsupported Media Type'],
  416: ['Range Not Satisfiable'],
  417: ['Expectation Failed'],
  421: ['Misdirected Request'],
  422: ['Unprocessable Content', 'Unprocessable Entity'],
  423: ['Locked'],
  424: ['Failed Dependency'],
  425: ['Too Early'],
  426: ['Upgrade Required'],
  428: ['Precondition Required'],
  429: ['Too Many Requests', 'Rate Limited'],
  431: ['Request Header Fields Too Large'],
  451: ['Unavailable For Legal Reasons'],
  500: ['Internal Server Error'],
  501: ['Not Implemented'],
  502: ['Bad Gateway'],
  503: ['Service Unavailable'],
  504: ['Gateway Timeout'],
  505: ['HTTP Version Not Supported'],
  506: ['Variant Also Negotiates'],
  507: ['Insufficient Storage'],
  508: ['Loop Detected'],
  418: ["I'm a teapot"],
  510: ['Not Extended'],
  511: ['Network Authentication Required'],
};

/** The phrase of a status, or "" for one that no RFC names. */
export function statusPhrase(status: number): string {
  return PHRASES[status]?.[0] ?? '';
}

/** Every phrase a status is known by, in lower case. */
export function statusPhrases(status: number | null): string[] {
  return status === null ? [] : (PHRASES[status] ?? []).map((phrase) => phrase.toLowerCase());
}

/** Every phrase in small letters, with its status. */
export function phrasesOfAll(): [status: number, phrase: string][] {
  return Object.keys(PHRASES).flatMap((status) =>
    statusPhrases(Number(status)).map((phrase): [number, string] => [Number(status), phrase]),
  );
}

/** The status that a phrase belongs to, or null. */
export function statusOfPhrase(phrase: string): number | null {
  const text = phrase.trim();
  return text.length > LONGEST ? null : (STATUSES.get(text.toLowerCase()) ?? null);
}

/** Phrases that are plain words, too: a message "Locked" speaks of a key as well as of a status. */
const PLAIN_WORDS = new Set(['OK', 'Created', 'Accepted', 'Found', 'Conflict', 'Gone', 'Locked', 'Too Early']);

/** Phrases of clients that only repeat the status: `401 Client Error: Unauthorized for url: …`, `Request failed with status code 404`. */
const OF_CLIENT =
  /^([45]\d\d) (?:Client|Server) Error\b|^(?:The )?(?:request|response|server|call)\b.{0,40}? status (?:code )?(?:of |was |is |: ?)?([45]\d\d)\b/i;

/**
 * The status of a message that is nothing but its phrase, written as one, or the number and its phrase;
 * null for any other.
 */
export function statusOfHeading(message: string): number | null {
  const heading = message.trim();
  const [, listed, said] = OF_CLIENT.exec(heading) ?? [];
  if (listed !== undefined || said !== undefined) return Number(listed ?? said);
  const [, number, named = ''] = /^(?:HTTP |Error |Status )?([1-5]\d\d)(?: |: | - | – )(.{2,40})$/.exec(heading) ?? [];
  if (number !== undefined && statusPhrases(Number(number)).includes(named.toLowerCase())) return Number(number);
  const status = PLAIN_WORDS.has(heading) ? null : statusOfPhrase(heading);
  return status !== null && (PHRASES[status] ?? []).includes(heading) ? status : null;
}

const STATUSES = new Map(
  // The lowest status of a phrase counts.
  Object.keys(PHRASES)
    .toReversed()
    .flatMap((status) => statusPhrases(Number(status)).map((phrase): [string, number] => [phrase, Number(status)])),
);
const LONGEST = Math.max(...[...STATUSES.keys()].map(({ length }) => length));
