/** Names of what surrounds an error and says nothing of it. */
export const NOISE = new Set(
  [
    'timestamp|time|date|created|updated|path|method|version|api version|success|ok|level|severity|domain',
    'service|stack|stack trace|traceback|trace|backtrace|lang|locale|language|host|hostname|server|file',
    'line|column|environment|env|exception class|object|currency|expires|expires at|ttl|user agent|ip',
    'params|endpoint|route',
  ].flatMap((names) => names.split('|')),
);

/** Names of members that repeat the request, show the insides of the server or lead elsewhere. */
export const ECHOES = new Set([
  ...['request', 'input', 'stack', 'stack trace', 'stacktrace', 'traceback', 'headers', 'config', 'links', 'metadata'],
  ...['debug', 'pagination', 'help', 'ctx', 'constraints', 'suberror input', 'suberrors input'],
]);

const SECOND = new Set(['sub', 'detail', 'detailed', 'extended', 'inner', 'minor', 'secondary', 'decline']);
const OF_WHAT = new Set(['error', 'status', 'reason']);
const LEVELS = new Set(['code', 'error', 'type', 'reason']);

/** True for the name of a second level of a code: `sub_code`, `errorSubcode`, `decline_code`, `extendedErrorCode`. */
export function isSubcode(words: string[]): boolean {
  const [kind = '', ...rest] = words[0] === 'error' ? words.slice(1) : words;
  const [level = '', what] = rest.toReversed();
  return SECOND.has(kind) && rest.length <= 2 && LEVELS.has(level) && (what === undefined || OF_WHAT.has(what));
}

/**
 * The last words of the names in `HOLD_NAMES`. Most names have another one, which spares them the patterns: compiling
 * these, and the two for waits and for words written together, takes 2 ms.
 */
export const HOLDING = new Set(
  [
    'pointer path properties field fields parameter parameters property attribute argument name names key keys locator',
    'loc location target element column member expression header label source input to',
  ].flatMap((words) => words.split(' ')),
);

/** Names of members that hold the name of a member of the request, as words, by how surely they do. */
export const HOLD_NAMES: [strength: number, words: RegExp][] = [
  [5, /\bpointer$|^json path$|^(?:related )properties$/],
  [4.5, /^(?:\w+ )?(?:instance|property|field|parameter|attribute|argument|data|error) path$/],
  [
    4,
    /^(?:\w+ )?(?:field|parameter|property|attribute|argument)(?: names?| keys?)?$|^(?:invalid|missing|failed|error) fields$|^error (?:target|element)$|^locator$/,
  ],
  [
    3,
    /^(?:path|loc|location|target|element|column|member|expression|fields|header|member names|api name|dotted path|error source|(?:error )?related to)$/,
  ],
  [2, /^(?:name|label|source|input)$/],
];
